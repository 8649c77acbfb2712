import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startRealKeyring } from '../../helpers/real-keyring.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const program = fileURLToPath(new URL('./keyring-program.ts', import.meta.url));

/** A program with the session's environment; answers how to have it do one thing after the other. */
function startProgram(env: Record<string, string>): (...steps: string[]) => Promise<unknown[]> {
  const child = spawn(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
  });
  const lines = createInterface({ input: child.stdout });
  return async (...steps) => {
    const results: unknown[] = [];
    for (const step of steps) {
      child.stdin.write(`${step}\n`);
      const [line] = (await once(lines, 'line')) as [string];
      results.push(JSON.parse(line));
    }
    return results;
  };
}

const missing = { found: 'missing' };
const found = (value: string) => ({ found: 'value', value });
const unreadable = (state: string) => ({ found: 'unreadable', state });

// Setup installs the keyring on every Linux: where it is missing these tests must fail, not hide.
describe.skipIf(process.platform !== 'linux')('a real keyring', { timeout: 120_000 }, () => {
  test('keeps secrets from one session to the next', async () => {
    const folder = await temporaryFolder();
    const first = startProgram((await startRealKeyring({ folder })).env);
    expect(await first('state', 'get:a', 'set:a:secret', 'get:a')).toEqual([
      'available',
      missing,
      'available',
      found('secret'),
    ]);
    const second = startProgram((await startRealKeyring({ folder })).env);
    expect(await second('get:a', 'delete:a', 'get:a', 'delete:a')).toEqual([
      found('secret'),
      'available',
      missing,
      'available',
    ]);
  });

  test('locked, is unreadable, takes nothing, deletes nothing; unlocked late, it is read by the same program', async () => {
    const folder = await temporaryFolder();
    await startProgram((await startRealKeyring({ folder })).env)('set:a:secret');
    const keyring = await startRealKeyring({ folder, isLocked: true });
    const act = startProgram(keyring.env);
    expect(await act('isOpen:a', 'get:a', 'get:none', 'set:a:new', 'delete:a', 'isOpen:none')).toEqual([
      false,
      unreadable('locked'),
      unreadable('locked'),
      'locked',
      'locked',
      false,
    ]);
    await keyring.unlock();
    expect(await act('isOpen:a', 'get:a', 'get:none', 'isOpen:none')).toEqual([true, found('secret'), missing, true]);
  });

  test('locked while the program runs, is unreadable until it is unlocked', async () => {
    const keyring = await startRealKeyring();
    const act = startProgram(keyring.env);
    expect(await act('set:a:secret', 'get:a')).toEqual(['available', found('secret')]);
    await keyring.lock();
    expect(await act('isOpen:a', 'get:a', 'set:a:new')).toEqual([false, unreadable('locked'), 'locked']);
    await keyring.unlock();
    expect(await act('get:a', 'set:a:new', 'get:a')).toEqual([found('secret'), 'available', found('new')]);
  });

  test('whose entry another program deletes while this one runs, has lost it, and nothing else', async () => {
    const { env } = await startRealKeyring();
    const [act, other] = [startProgram(env), startProgram(env)];
    await act('set:a:secret', 'set:b:other');
    expect(await other('delete:a')).toEqual(['available']);
    expect(await act('get:a', 'get:b')).toEqual([missing, found('other')]);
  });

  test('of two programs at once keeps what is each one’s', async () => {
    const { env } = await startRealKeyring();
    const programs = ['first', 'second'].map((name) => ({ name, act: startProgram(env) }));
    const results = programs.map(async ({ name, act }) => {
      for (let round = 0; round < 20; round++) {
        const secret = `${name} ${round}`;
        expect(await act(`set:${name}:${secret}`, `get:${name}`)).toEqual(['available', found(secret)]);
      }
      return (await act(`delete:${name}`, `get:${name}`)).at(-1);
    });
    expect(await Promise.all(results)).toEqual([missing, missing]);
  });

  test('that the program may not talk to denies, and is not taken for a locked or an empty one', async () => {
    const { env } = await startRealKeyring({ isForbidden: true });
    expect(await startProgram(env)('state', 'get:a', 'set:a:b', 'delete:a', 'isOpen:a')).toEqual([
      'denied',
      unreadable('denied'),
      'denied',
      'denied',
      false,
    ]);
  });

  test('without a bus, there is none', async () => {
    const env = { PATH: process.env['PATH'] ?? '', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
    expect(await startProgram(env)('state', 'get:a', 'set:a:b', 'delete:a', 'isOpen:a')).toEqual([
      'absent',
      unreadable('absent'),
      'absent',
      'absent',
      false,
    ]);
  });
});
