import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { KeychainState } from '../../contract/desktop/api.ts';
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

/** What of one account is on this computer: token and cache key in the keychain, the sealed files in a folder. */
export interface AccountVault {
  readToken(portal: string): Promise<Read<AccountToken>>;
  /** Opens the account's files, with a new key and no files where the key is truly gone; null where none can be kept. */
  openCache(portal: string, accountId: string): Promise<OfflineCache | null>;
  /** Whether the token is in the keychain now. */
  keepToken(portal: string, entry: AccountToken): Promise<boolean>;
  /** Also of a token that cannot be read: whose session it was, the server has ended it. */
  eraseToken(portal: string): Promise<void>;
  /**
   * The key first, then the files, then the token. What the keychain refuses to delete is void without its files and
   * its session.
   */
  erase(portal: string | null): Promise<void>;
  state(): Promise<KeychainState>;
}

export function createAccountVault({ store, profileId, offlineFolder, log }: AccountVaultDeps): AccountVault {
  /** What the keychain last said of our entries; null when all was well or nothing was asked. */
  let trouble: KeychainState | null = null;

  const secretsOf = (portal: string) => portalSecrets(store, profileId(), portal);

  const noted = (state: KeychainState): boolean => {
    trouble = state === 'available' ? null : state;
    return state === 'available';
  };

  const removeFiles = () =>
    rm(offlineFolder, { recursive: true, force: true }).catch((error: unknown) => {
      log.error('cache_not_removed', { error });
    });

  async function keyOf(portal: string, accountId: string): Promise<Buffer | null> {
    const secrets = secretsOf(portal);
    const known = await secrets.readCacheKey();
    if (known.found === 'value' && known.value.accountId === accountId) return known.value.key;
    if (known.found === 'unreadable' && !noted(known.state)) return null;
    const key = randomBytes(keyBytes);
    if (!noted(await secrets.writeCacheKey({ accountId, key }))) return null;
    await removeFiles();
    return key;
  }

  return {
    async readToken(portal) {
      const token = await secretsOf(portal).readToken();
      if (token.found === 'unreadable') noted(token.state);
      return token;
    },

    async openCache(portal, accountId) {
      const key = await keyOf(portal, accountId);
      if (!key) return null;
      try {
        return await openOfflineCache({ folder: offlineFolder, key, owner: `${portal} ${accountId}`, log });
      } catch (error) {
        log.error('cache_not_opened', { error });
        return null;
      }
    },

    keepToken: async (portal, entry) => noted(await secretsOf(portal).writeToken(entry)),

    async eraseToken(portal) {
      await secretsOf(portal).eraseToken();
    },

    async erase(portal) {
      const secrets = portal === null ? null : secretsOf(portal);
      await secrets?.eraseCacheKey();
      await removeFiles();
      await secrets?.eraseToken();
    },

    state: async () => trouble ?? (await store.state()),
  };
}
