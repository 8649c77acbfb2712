import type { KeychainState } from '../../contract/desktop/api.ts';

/** Why a keychain cannot be used. */
export type Unreadable = Exclude<KeychainState, 'available'>;

/**
 * What a look into the keychain brings. `unreadable` is not `missing`: who takes one for the other throws a good key
 * away because the keychain was locked for a moment.
 */
export type Lookup =
  | { readonly found: 'value'; readonly value: string }
  | { readonly found: 'missing' }
  | { readonly found: 'unreadable'; readonly state: Unreadable };

/**
 * The operating system's keychain. Only small things go in: Windows takes 2560 bytes. There is no weak one: keytar talks
 * to the system's own store or to none, and never falls back to a file of its own.
 */
export interface SecretStore {
  /** Asks the keychain without making it ask the user; a locked one may call itself available. */
  state(): Promise<KeychainState>;
  /** Whether the entry, or a new one of that name, can be had now without the user being asked; false when in doubt. */
  isOpen(name: string): Promise<boolean>;
  get(name: string): Promise<Lookup>;
  /** Says whether the value is in now. Anything but `available`: it is not. */
  set(name: string, value: string): Promise<KeychainState>;
  /** What was not there counts as deleted. Anything but `available`: it is still there. */
  delete(name: string): Promise<KeychainState>;
}
