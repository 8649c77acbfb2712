import { randomBytes } from 'node:crypto';
import { NewerCache, removeKept } from '../cache/cache-folder.ts';
import { openOfflineCache } from '../cache/offline-cache.ts';
import type { OfflineCache } from '../cache/offline-cache.ts';
import { keyBytes } from '../cache/record-crypto.ts';
import { portalSecrets } from '../keychain/portal-secrets.ts';
import type { AccountToken, Read } from '../keychain/portal-secrets.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { Logger } from '../log.ts';

export interface AccountVaultDeps {
  readonly store: SecretStore;
  readonly profileId: () => string;
  readonly offlineFolder: string;
  readonly log: Logger;
}

/**
 * Why slips are kept on this computer or not: there is no keychain for the key, a newer version of the program has kept
 * them, or the disk does not take them.
 */
export type CacheState = 'open' | 'no_keychain' | 'newer' | 'disk';

/** What of one account is on this computer: token and cache key in the keychain, the sealed files in a folder. */
export interface AccountVault {
  readToken(portal: string): Promise<Read<AccountToken>>;
  /** Opens the account's files, with a new key and no files where the key is truly gone; null where none can be kept. */
  openCache(portal: string, accountId: string): Promise<OfflineCache | null>;
  /** How the last opening went. */
  cacheState(): CacheState;
  /** Whether the token is in the keychain now. */
  keepToken(portal: string, entry: AccountToken): Promise<boolean>;
  /** Also of a token that cannot be read: whose session it was, the server has ended it. */
  eraseToken(portal: string): Promise<void>;
  /**
   * The key first, then the files, then the token. Whether the keychain has deleted both: what it refuses to delete is
   * void without its files and its session, and is to be deleted later all the same.
   */
  erase(portal: string | null): Promise<boolean>;
  /** Only asks the keychain; the person may be asked to unlock it. */
  ask(portal: string): Promise<void>;
  /** Whether the entries could be read or made now without the person being asked; false when in doubt. */
  isOpen(portal: string): Promise<boolean>;
}

export function createAccountVault({ store, profileId, offlineFolder, log }: AccountVaultDeps): AccountVault {
  let cacheState: CacheState = 'no_keychain';

  const secretsOf = (portal: string) => portalSecrets(store, profileId(), portal);

  const removeFiles = () =>
    removeKept(offlineFolder).catch((error: unknown) => {
      log.error('cache_not_removed', { error });
    });

  async function keyOf(portal: string, accountId: string): Promise<Buffer | null> {
    const secrets = secretsOf(portal);
    const kept = await secrets.readCacheKey();
    if (kept.found === 'unreadable') return null;
    if (kept.found === 'value' && kept.value.accountId === accountId) return kept.value.key;
    const key = randomBytes(keyBytes);
    if ((await secrets.writeCacheKey({ accountId, key })) !== 'available') return null;
    // Files of a lost key are found to be unreadable when they are opened; somebody else's are none of ours.
    if (kept.found === 'value') await removeFiles();
    return key;
  }

  return {
    readToken: (portal) => secretsOf(portal).readToken(),

    async openCache(portal, accountId) {
      cacheState = 'no_keychain';
      const key = await keyOf(portal, accountId);
      if (!key) return null;
      try {
        const cache = await openOfflineCache({ folder: offlineFolder, key, owner: `${portal} ${accountId}`, log });
        cacheState = 'open';
        return cache;
      } catch (error) {
        log.error('cache_not_opened', { error });
        cacheState = error instanceof NewerCache ? 'newer' : 'disk';
        return null;
      }
    },

    cacheState: () => cacheState,

    keepToken: async (portal, entry) => (await secretsOf(portal).writeToken(entry)) === 'available',

    async eraseToken(portal) {
      await secretsOf(portal).eraseToken();
    },

    async erase(portal) {
      const secrets = portal === null ? null : secretsOf(portal);
      const key = await secrets?.eraseCacheKey();
      await removeFiles();
      const token = await secrets?.eraseToken();
      return [key, token].every((state) => state === undefined || state === 'available');
    },

    ask: async (portal) => void (await secretsOf(portal).readToken()),
    isOpen: (portal) => secretsOf(portal).isOpen(),
  };
}
