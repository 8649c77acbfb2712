import { z } from 'zod';
import type { KeychainState } from '../../contract/desktop/api.ts';
import type { Lookup, SecretStore, Unreadable } from './secret-store.ts';

/** All that this program keeps in the keychain, for one portal. */
export interface PortalSecrets {
  readToken(): Promise<Read<AccountToken>>;
  readCacheKey(): Promise<Read<AccountKey>>;
  writeToken(entry: AccountToken): Promise<KeychainState>;
  writeCacheKey(entry: AccountKey): Promise<KeychainState>;
  eraseCacheKey(): Promise<KeychainState>;
  eraseToken(): Promise<KeychainState>;
  /** Whether both can be read, or made, now without the user being asked. */
  isOpen(): Promise<boolean>;
}

const tokenSchema = z.object({ accountId: z.string(), token: z.string().min(1) });
const keySchema = z.object({
  accountId: z.string(),
  key: z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === 32),
});

export type AccountToken = z.infer<typeof tokenSchema>;
export type AccountKey = z.infer<typeof keySchema>;

/** `missing` also means an entry that is not ours to understand: it can only be replaced. */
export type Read<T> =
  | { readonly found: 'value'; readonly value: T }
  | { readonly found: 'missing' }
  | { readonly found: 'unreadable'; readonly state: Unreadable };

/**
 * Names entries by profile (one folder of user data) and portal, so that two profiles of one user, or one user of two
 * portals, do not take each other's.
 */
export function portalSecrets(store: SecretStore, profileId: string, origin: string): PortalSecrets {
  const name = (entry: string) => `${origin} ${profileId} ${entry}`;
  return {
    readToken: async () => parsed(await store.get(name('session')), tokenSchema),
    readCacheKey: async () => parsed(await store.get(name('offline key')), keySchema),
    writeToken: (entry) => store.set(name('session'), JSON.stringify(entry)),
    writeCacheKey: ({ accountId, key }) =>
      store.set(name('offline key'), JSON.stringify({ accountId, key: key.toString('base64') })),
    eraseCacheKey: () => store.delete(name('offline key')),
    eraseToken: () => store.delete(name('session')),
    isOpen: async () => (await store.isOpen(name('session'))) && (await store.isOpen(name('offline key'))),
  };
}

function parsed<T>(lookup: Lookup, schema: z.ZodType<T>): Read<T> {
  if (lookup.found !== 'value') return lookup;
  try {
    return { found: 'value', value: schema.parse(JSON.parse(lookup.value)) };
  } catch {
    return { found: 'missing' };
  }
}
