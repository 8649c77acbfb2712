export function electronSupport(version: string, now: Date): { fails: boolean; text: string } | null;
