import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const program = fileURLToPath(new URL('./keyring-program.ts', import.meta.url));

/** Runs steps against a real Secret Service in a session of its own, whose keyring lies in `folder`. */
async function inSession(folder: string, daemon: string, steps: string[]): Promise<unknown> {
  const script = `${daemon} >/dev/null 2>&1; exec "$0" "$@"`;
  const args = ['--', 'sh', '-c', script, process.execPath, program, ...steps];
  const env = { PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
  return lastLine((await promisify(execFile)('dbus-run-session', args, { env })).stdout);
}

const lastLine = (text: string): unknown => JSON.parse(text.trim().split('\n').at(-1)!);

const unlocked = 'printf test | gnome-keyring-daemon --unlock --components=secrets';
const locked = 'gnome-keyring-daemon --start --components=secrets';

// Setup installs the keyring on every Linux: where it is missing these tests must fail, not hide.
describe.skipIf(process.platform !== 'linux')('a real keyring', { timeout: 60_000 }, () => {
  test('keeps secrets from one session to the next', async () => {
    const folder = await temporaryFolder();
    expect(await inSession(folder, unlocked, ['state', 'get:a', 'set:a:secret', 'get:a'])).toEqual([
      'available',
      { found: 'missing' },
      'available',
      { found: 'value', value: 'secret' },
    ]);
    expect(await inSession(folder, unlocked, ['get:a', 'delete:a', 'get:a'])).toEqual([
      { found: 'value', value: 'secret' },
      'available',
      { found: 'missing' },
    ]);
  });

  test('locked, it is unreadable and loses nothing; unlocked later, it is read', async () => {
    const folder = await temporaryFolder();
    await inSession(folder, unlocked, ['set:a:secret']);
    const [found] = (await inSession(folder, locked, ['get:a'])) as [{ found: string }];
    expect(found.found).toBe('unreadable');
    expect(await inSession(folder, unlocked, ['get:a'])).toEqual([{ found: 'value', value: 'secret' }]);
  });

  test('without a bus, there is none', async () => {
    const { PATH } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, [program, 'state', 'get:a', 'set:a:b'], {
      env: { PATH, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    });
    expect(lastLine(stdout)).toEqual(['absent', { found: 'unreadable', state: 'absent' }, 'absent']);
  });
});
