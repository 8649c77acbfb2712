import { describe, expect, test } from 'vitest';
import { createKeytarStore, stateFrom } from '../../../src-main/keychain/keytar-store.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { memoryLog } from '../../helpers/memory-log.ts';

function storeOn(keytar: FakeKeytar, platform: NodeJS.Platform = 'linux') {
  return createKeytarStore({ load: () => Promise.resolve(keytar), platform, log: memoryLog().log, patienceMs: 50 });
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
    ['Something nobody has seen before', 'locked'],
  ] as const)('%s means %s', (message, state) => {
    expect(stateFrom(new Error(message))).toBe(state);
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

  test('is absent where the native library is missing', async () => {
    const load = () => Promise.reject(new Error('Failed to load keytar native addon'));
    const store = createKeytarStore({ load, platform: 'win32', log: memoryLog().log });
    expect(await store.state()).toBe('absent');
    expect(await store.set('a', 'b')).toBe('absent');
    expect(await store.get('a')).toEqual({ found: 'unreadable', state: 'absent' });
  });
});
