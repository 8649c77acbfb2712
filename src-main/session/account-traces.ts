import type { OfflineCache } from '../cache/offline-cache.ts';
import type { AccountToken } from '../keychain/portal-secrets.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { AccountVault } from './account-vault.ts';
import type { SignedInMark } from './signed-in-mark.ts';

export interface AccountTracesDeps {
  readonly vault: AccountVault;
  readonly mark: SignedInMark;
  readonly settings: SettingsFile;
}

/** Keychain and settings changed together, so that cut off at any step neither is forgotten by the other. */
export interface AccountTraces {
  /** What a crash leaves undone here, or the keychain refuses to do now, the next start does. */
  wipe(): Promise<void>;
  /** Puts token and key where the next start finds them, where that can be, and opens what is kept of the account. */
  keep(portal: string, entry: AccountToken): Promise<{ cache: OfflineCache | null; isKept: boolean }>;
}

export function createAccountTraces({ vault, mark, settings }: AccountTracesDeps): AccountTraces {
  async function wipe(): Promise<void> {
    await mark.condemn();
    const isGone = await vault.erase(mark.get()?.portal ?? null);
    if (isGone && mark.get()) await mark.clear();
  }

  /**
   * Whether the account's secrets may go into the keychain: what is about to be there stands in the settings before.
   * Settings that cannot be written, and a keychain that does not let go of what was there, leave the session in memory.
   */
  async function announce(whose: { portal: string; accountId: string }): Promise<boolean> {
    const signedIn = mark.get();
    const isSame = signedIn?.portal === whose.portal && signedIn.accountId === whose.accountId;
    if (isSame && !mark.isDue()) {
      // As it is: only to know that it can be written.
      await settings.change({});
      return settings.trouble() === null;
    }
    await wipe();
    return mark.get() === null && (await mark.condemn(whose));
  }

  return {
    wipe,
    async keep(portal, entry) {
      const { accountId } = entry;
      if (!(await announce({ portal, accountId }))) return { cache: null, isKept: false };
      const cache = await vault.openCache(portal, accountId);
      const isKept = vault.cacheState() !== 'no_keychain' && (await vault.keepToken(portal, entry));
      if (isKept) await mark.keep({ portal, accountId });
      else await cache?.close();
      return { cache: isKept ? cache : null, isKept };
    },
  };
}
