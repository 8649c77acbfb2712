import { readFile, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { logToFile } from '../../src-main/log.ts';
import { memoryLog } from '../helpers/memory-log.ts';
import { temporaryFolder } from '../helpers/temp-folder.ts';

describe('the log', () => {
  test('holds no secrets, whatever it is given', () => {
    const { log, lines } = memoryLog();
    const token = 'q'.repeat(43);
    const error = new Error(`refused: Bearer ${token}`, { cause: { authorization: 'Bearer abc' } });
    log.error('failed', { token: 'abc', password: 'abc', nested: [{ cacheKey: 'abc' }], text: `x ${token} y`, error });
    expect(lines.join('')).not.toMatch(/abc|qqqq/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'error', event: 'failed', time: '1970-01-01T00:00:00.000Z' });
  });

  test('names no person: no e-mail address, no home folder', () => {
    const { log, lines } = memoryLog();
    const path = join(homedir(), 'Prejemi', 'pisma.pdf');
    log.error('failed', { error: new Error(`ENOENT: no such file, open '${path}'`), text: 'to "ana.novak@primer.si"' });
    expect(lines.join('')).not.toContain(homedir());
    expect(lines.join('')).not.toMatch(/ana|primer/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ error: { message: expect.stringContaining('ENOENT') as string } });
  });

  test('starts anew when it is large, and keeps the one before', async () => {
    const path = join(await temporaryFolder(), 'logs', 'main.log');
    const write = logToFile(path);
    for (let i = 0; i < 3; i++) write('x'.repeat(600_000));
    write('last\n');
    const isThere = () =>
      readFile(path, 'utf8').then(
        (text) => text.endsWith('last\n'),
        () => false,
      );
    while (!(await isThere())) await sleep(10);
    expect((await readdir(join(path, '..'))).sort()).toEqual(['main.log', 'main.log.1']);
    expect((await stat(path)).size).toBeLessThan(1024 * 1024 + 600_001);
  });
});
