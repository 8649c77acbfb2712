import type { KeychainState } from '../../contract/desktop/api.ts';
import type { Logger } from '../log.ts';
import { createPatientCalls } from './patient-calls.ts';
import type { FindSilently } from './secret-service.ts';
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
  /** For Linux, where everything else opens the keyring's dialog. */
  readonly findSilently: FindSilently;
  readonly log: Logger;
  /** A person may have to type the keyring's password; the window must not wait for ever. */
  readonly patienceMs?: number;
}

const service = 'iiPortal';
const probeName = 'probe';

const byMessage: readonly (readonly [RegExp, Unreadable])[] = [
  [/locked|-25308|interaction is not allowed|timed out/i, 'locked'],
  [/denied|cancell?ed|-128|-25293|not authori[sz]ed|rejected send message|apparmor/i, 'denied'],
  [
    /d-?bus|autolaunch|service ?unknown|not provided by any|failed to load|native addon|no such|connect|transport/i,
    'absent',
  ],
];

/**
 * What a failure of the keychain means. What we do not know may pass: it counts as locked. Windows locks nothing, and
 * says why it refuses in the user's language.
 */
export function stateFrom(error: unknown, platform: NodeJS.Platform): Unreadable {
  const message = error instanceof Error ? error.message : String(error);
  const known = byMessage.find(([pattern]) => pattern.test(message));
  return known?.[1] ?? (platform === 'win32' ? 'absent' : 'locked');
}

export function createKeytarStore(options: KeytarStoreOptions): SecretStore {
  const { platform, findSilently } = options;
  const attempt = createPatientCalls({
    patienceMs: 60_000,
    ...options,
    stateFrom: (error) => stateFrom(error, platform),
  });
  /** On Linux a locked item that the user does not unlock looks like a missing one. */
  const looksMissingWhenLocked = platform === 'linux';
  async function set(name: string, value: string): Promise<KeychainState> {
    const done = await attempt('set', (keytar) => keytar.setPassword(service, name, value));
    return done ? done.failed : 'available';
  }

  async function look(name: string): Promise<Lookup> {
    const value = await attempt('get', (keytar) => keytar.getPassword(service, name));
    if (value === null) return { found: 'missing' };
    return typeof value === 'string' ? { found: 'value', value } : { found: 'unreadable', state: value.failed };
  }

  const tryDelete = (name: string) => attempt('delete', (keytar) => keytar.deletePassword(service, name));

  /** Why what looks like a missing entry may be there after all; null when it is truly missing. */
  async function hidden(name: string): Promise<Unreadable | null> {
    if (!looksMissingWhenLocked) return null;
    const place = await findSilently(service, name);
    if (place !== 'unknown') return place === 'locked' ? 'locked' : null;
    // Only a write tells then, and asks the person.
    const state = await set(probeName, 'probe');
    if (state !== 'available') return state;
    await tryDelete(probeName);
    return null;
  }

  return {
    async state() {
      const probed = await look(probeName);
      return probed.found === 'unreadable' ? probed.state : 'available';
    },

    async isOpen(name) {
      if (!looksMissingWhenLocked) return true;
      const place = await findSilently(service, name);
      return place === 'open' || place === 'missing';
    },

    async get(name) {
      const first = await look(name);
      if (first.found !== 'missing') return first;
      const state = await hidden(name);
      if (state) return { found: 'unreadable', state };
      // The question may have unlocked it.
      return looksMissingWhenLocked ? await look(name) : first;
    },

    set,

    async delete(name) {
      const done = await tryDelete(name);
      if (typeof done === 'object') return done.failed;
      if (done) return 'available';
      const state = await hidden(name);
      if (state) return state;
      if (!looksMissingWhenLocked) return 'available';
      const again = await tryDelete(name);
      return typeof again === 'object' ? again.failed : 'available';
    },
  };
}
