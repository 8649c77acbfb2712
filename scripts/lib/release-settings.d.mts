type Settings = Readonly<Record<string, string>>;

export function releaseSettings(env: Readonly<Record<string, string | undefined>>, platform: string): Settings | null;

/** Where the packaged program looks for newer versions, and whose signature (base64 of SPKI) it takes. */
export function updateSettings(address: string, publicKey: string): Settings;
