import type { KeychainState } from '../../contract/desktop/api.ts';
import type { SecretStore } from './secret-store.ts';

/** The keychain, and what it said last: the window is told of that. */
export interface WatchedStore extends SecretStore {
  /** Null when it was not asked yet. */
  known(): KeychainState | null;
  /** What it said counts no more. */
  forget(): void;
}

export function watchStore(store: SecretStore): WatchedStore {
  let known: KeychainState | null = null;
  const noted = (state: KeychainState): KeychainState => (known = state);

  return {
    state: async () => known ?? (await store.state()),
    isOpen: (name) => store.isOpen(name),
    async get(name) {
      const lookup = await store.get(name);
      noted(lookup.found === 'unreadable' ? lookup.state : 'available');
      return lookup;
    },
    set: async (name, value) => noted(await store.set(name, value)),
    delete: async (name) => noted(await store.delete(name)),
    known: () => known,
    forget: () => void (known = null),
  };
}
