import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openLogFile } from '../../../src-main/diagnostics/log-file.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

let path: string;

beforeEach(async () => {
  path = join(await temporaryFolder(), 'logs', 'main.log');
});

describe('the file of the log', () => {
  test('starts anew when it is large, keeps the one before, and no more', async () => {
    const log = openLogFile(path);
    const line = 'x'.repeat(7999) + '\n';
    for (let i = 0; i < 300; i++) log.write(line);
    await log.flush();
    log.write('last\n');
    await log.flush();
    expect((await readdir(join(path, '..'))).sort()).toEqual(['main.log', 'main.log.1']);
    expect(await readFile(path, 'utf8')).toMatch(/last\n$/);
    for (const file of [path, `${path}.1`]) expect((await stat(file)).size).toBeLessThan(1024 * 1024 + 8001);
  });

  test('cuts a line that is endless', async () => {
    const log = openLogFile(path);
    log.write('y'.repeat(3_000_000));
    log.write('next\n');
    await log.flush();
    expect((await stat(path)).size).toBeLessThan(9000);
    expect(await log.tail(1)).toEqual(['next']);
  });

  test('tells its last lines, also those of the file before', async () => {
    const log = openLogFile(path);
    for (let i = 0; i < 150; i++) log.write(`${i} ${'z'.repeat(7900)}\n`);
    const tail = await log.tail(140);
    expect(tail.map((line) => line.split(' ')[0])).toEqual(Array.from({ length: 140 }, (_, at) => `${at + 10}`));
    expect(await readdir(join(path, '..'))).toContain('main.log.1');
    expect((await log.tail(3)).length).toBe(3);
  });

  test('stops nothing when it cannot be written', async () => {
    await mkdir(path, { recursive: true });
    const log = openLogFile(path);
    log.write('into nothing\n');
    await log.flush();
    expect(await log.tail(5)).toEqual([]);
  });
});
