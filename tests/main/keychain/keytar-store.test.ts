import { describe, expect, test } from 'vitest';
import { createKeytarStore, stateFrom } from '../../../src-main/keychain/keytar-store.ts';
import type { FindSilently } from '../../../src-main/keychain/secret-service.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { memoryLog } from '../../helpers/memory-log.ts';

const unknown: FindSilently = () => Promise.resolve('unknown');

function storeOn(keytar: FakeKeytar, platform: NodeJS.Platform = 'linux', findSilently = unknown) {
  return createKeytarStore({
    load: () => Promise.resolve(keytar),
    platform,
    findSilently,
    log: memoryLog().log,
    patienceMs: 50,
  });
}

describe('the keychain', () => {
  test('keeps, gives back and deletes', async () => {
    const store = storeOn(new FakeKeytar());
    expect(await store.set('a', 'value')).toBe('available');
    expect(await store.get('a')).toEqual({ found: 'value', value: 'value' });
    expect(await store.delete('a')).toBe('available');
    expect(await store.get('a')).toEqual({ found: 'missing' });
    expect(await store.delete('a')).toBe('available');
  });

  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'absent'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'absent'],
    ['Failed to load keytar native addon, checked ["../build/Release"] on linux-x64', 'absent'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['the keychain timed out', 'locked'],
    ['User canceled the operation. (-128)', 'denied'],
    ['Access denied', 'denied'],
    ['Rejected send message, 2 matched rules; type="method_call", sender=":1.1"', 'denied'],
    ['An AppArmor policy prevents this sender from sending this message', 'denied'],
    ['Something nobody has seen before', 'locked'],
  ] as const)('%s means %s', (message, state) => {
    expect(stateFrom(new Error(message), 'linux')).toBe(state);
  });

  test('Windows locks nothing, and has no words that can be relied on: what fails there is absent', () => {
    // What it says of a value of more than 2560 bytes.
    expect(stateFrom(new Error('The stub received bad data.'), 'win32')).toBe('absent');
  });

  test('tells unreadable from missing, and changes nothing when it cannot read', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    keytar.failure = 'User interaction is not allowed.';
    const store = storeOn(keytar, 'darwin');
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'locked' });
    expect(keytar.calls).toEqual(['get a']);
    keytar.failure = null;
    expect(await store.get('a')).toEqual({ found: 'value', value: 'value' });
  });

  test('on Linux, where a locked item looks like a missing one, asks by writing', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    keytar.isLockedLikeLinux = true;
    const store = storeOn(keytar);
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'locked' });
    keytar.isLockedLikeLinux = false;
    expect(await store.get('a')).toEqual({ found: 'value', value: 'value' });
    expect(await store.get('b')).toEqual({ found: 'missing' });
    expect([...keytar.entries]).toEqual([['a', 'value']]);
  });

  test('on Linux, unlocked by that question, finds what it looked for', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    keytar.isLockedLikeLinux = true;
    keytar.onCall = (call) => {
      if (call.startsWith('set')) keytar.isLockedLikeLinux = false;
    };
    expect(await storeOn(keytar).get('a')).toEqual({ found: 'value', value: 'value' });
  });

  test('does not wait for ever for a password that nobody types', async () => {
    const keytar = new FakeKeytar();
    keytar.onCall = () => new Promise<void>(() => undefined);
    expect(await storeOn(keytar).get('a')).toEqual({ found: 'unreadable', state: 'locked' });
  });

  test('asks the person no second time while the system still waits for the first answer', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    let answer: () => void = () => undefined;
    keytar.onCall = () => new Promise<void>((resolve) => (answer = resolve));
    const store = storeOn(keytar, 'darwin');
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'locked' });
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'locked' });
    expect(await store.set('a', 'other')).toBe('locked');
    expect(keytar.calls).toEqual(['get a']);
    keytar.onCall = () => undefined;
    answer();
    await expect.poll(() => store.get('a')).toEqual({ found: 'value', value: 'value' });
  });

  test('on Linux, asks once where the keyring says by itself that it is locked', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    keytar.isLockedLikeLinux = true;
    const store = storeOn(keytar, 'linux', () => Promise.resolve('locked'));
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'locked' });
    expect(await store.delete('a')).toBe('locked');
    expect(await store.isOpen('a')).toBe(false);
    expect(keytar.calls).toEqual(['get a', 'delete a']);
  });

  test('on Linux, deletes nothing from a locked keyring, and says so', async () => {
    const keytar = new FakeKeytar();
    keytar.entries.set('a', 'value');
    keytar.isLockedLikeLinux = true;
    const store = storeOn(keytar);
    expect(await store.delete('a')).toBe('locked');
    expect(keytar.entries.size).toBe(1);
    keytar.isLockedLikeLinux = false;
    expect(await store.delete('a')).toBe('available');
    expect(keytar.entries.size).toBe(0);
  });

  test('on Linux, is not known to be open where the keyring does not say', async () => {
    expect(await storeOn(new FakeKeytar()).isOpen('a')).toBe(false);
    expect(await storeOn(new FakeKeytar(), 'darwin').isOpen('a')).toBe(true);
  });

  test('is absent where the native library is missing', async () => {
    const load = () => Promise.reject(new Error('Failed to load keytar native addon'));
    const store = createKeytarStore({ load, platform: 'win32', findSilently: unknown, log: memoryLog().log });
    expect(await store.state()).toBe('absent');
    expect(await store.set('a', 'b')).toBe('absent');
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'absent' });
  });
});
