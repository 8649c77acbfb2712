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

/** The operating system's keychain. Only small things go in: Windows takes 2560 bytes. */
export interface SecretStore {
  /** Asks the keychain without making it ask the user. */
  state(): Promise<KeychainState>;
  get(name: string): Promise<Lookup>;
  /** Says whether the value is in now. Anything but `available`: it is not. */
  set(name: string, value: string): Promise<KeychainState>;
  /** What was not there counts as deleted. */
  delete(name: string): Promise<KeychainState>;
}
