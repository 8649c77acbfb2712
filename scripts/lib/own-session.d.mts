export interface OwnSession {
  /** The environment for programs of this session. */
  readonly env: Record<string, string | undefined>;
  stop(): Promise<void>;
}

/** A session bus with a keyring, and a display that nobody sees, for a Linux that has none or for tests. */
export function startOwnSession(options: {
  readonly bus: boolean;
  readonly display: boolean;
  /** The folder that keeps the keyring. */
  readonly keyring: string;
  readonly password: string;
}): Promise<OwnSession>;
