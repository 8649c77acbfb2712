import type { KeychainState } from '../../contract/desktop/api.ts';
import type { Logger } from '../log.ts';
import type { Lookup, SecretStore, Unreadable } from './secret-store.ts';

/** The part of keytar that is used. Never findCredentials: on a locked Linux keyring it crashes the process. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeytarStoreOptions {
  /** Loaded at first use: where the native library is missing, there just is no keychain. */
  readonly load: () => Promise<Keytar>;
  readonly platform: NodeJS.Platform;
  readonly log: Logger;
  /** A person may have to type the keyring's password; the window must not wait for ever. */
  readonly patienceMs?: number;
}

const service = 'iiPortal';
const probeName = 'probe';

const byMessage: readonly (readonly [RegExp, Unreadable])[] = [
  [/locked|-25308|interaction is not allowed|timed out/i, 'locked'],
  [/denied|cancell?ed|-128|-25293|not authori[sz]ed/i, 'denied'],
  [
    /d-?bus|autolaunch|service ?unknown|not provided by any|failed to load|native addon|no such|connect|transport/i,
    'absent',
  ],
];

/** What a failure of the keychain means. What we do not know may pass: it counts as locked. */
export function stateFrom(error: unknown): Unreadable {
  const message = error instanceof Error ? error.message : String(error);
  return byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? 'locked';
}

export function createKeytarStore({ load, platform, log, patienceMs = 60_000 }: KeytarStoreOptions): SecretStore {
  let loaded: Promise<Keytar> | null = null;

  async function attempt<T>(action: string, use: (keytar: Keytar) => Promise<T>): Promise<T | { failed: Unreadable }> {
    try {
      loaded ??= load();
      return await within(patienceMs, use(await loaded));
    } catch (error) {
      const failed = stateFrom(error);
      log.warn('keychain_failed', { action, state: failed, error });
      return { failed };
    }
  }

  async function set(name: string, value: string): Promise<KeychainState> {
    const done = await attempt('set', (keytar) => keytar.setPassword(service, name, value));
    return done ? done.failed : 'available';
  }

  async function remove(name: string): Promise<KeychainState> {
    const done = await attempt('delete', (keytar) => keytar.deletePassword(service, name));
    return typeof done === 'object' ? done.failed : 'available';
  }

  /** On Linux a locked item that the user did not unlock looks like a missing one. Only a write tells them apart. */
  async function trulyMissing(name: string): Promise<Lookup> {
    const state = await set(probeName, 'probe');
    if (state !== 'available') return { found: 'unreadable', state };
    await remove(probeName);
    return await look(name);
  }

  async function look(name: string): Promise<Lookup> {
    const value = await attempt('get', (keytar) => keytar.getPassword(service, name));
    if (value === null) return { found: 'missing' };
    return typeof value === 'string' ? { found: 'value', value } : { found: 'unreadable', state: value.failed };
  }

  return {
    async state() {
      const probed = await look(probeName);
      return probed.found === 'unreadable' ? probed.state : 'available';
    },
    async get(name) {
      const first = await look(name);
      return first.found === 'missing' && platform === 'linux' ? await trulyMissing(name) : first;
    },
    set,
    delete: remove,
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the keychain timed out')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
