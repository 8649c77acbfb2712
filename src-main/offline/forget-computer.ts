import type { SettingsFile } from '../settings/settings.ts';
import { unchosen } from '../settings/settings.ts';

export interface ForgetComputerDeps {
  /** Erases the key, then the files, then the token, and tells the server. */
  readonly signOut: () => Promise<null>;
  readonly settings: SettingsFile;
  /** What the window's browser has kept of its own accord. */
  readonly clearWindow: () => Promise<void>;
}

/** Leaves nothing of a person on this computer; the portal's address, the language and the looks are nobody's. */
export function createForgetComputer({ signOut, settings, clearWindow }: ForgetComputerDeps) {
  return async (): Promise<null> => {
    await signOut();
    await settings.change(unchosen());
    await clearWindow();
    return null;
  };
}
