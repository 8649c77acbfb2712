import { randomBytes } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { createAccountData } from '../../../src-main/files/account-data.ts';
import { createSaveZip } from '../../../src-main/files/save-zip.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { json, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import type { Answering } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const operation = 'GET /account/data';
const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(3_000_000)]);
const sendZip: Answering = (_, response) =>
  void response.writeHead(200, { 'Content-Type': 'application/zip' }).end(zip);

async function setUp(
  chooses: (fileName: string, folder: string) => string | null = (name, folder) => join(folder, name),
) {
  const portal = await startPortalStandIn();
  const folder = await temporaryFolder();
  const asked: unknown[] = [];
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    askWhere: (suggestion) => {
      asked.push(suggestion);
      return chooses(suggestion.fileName, folder);
    },
  });
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  portal.answer(operation, sendZip);
  const save = () => main.send(channels.saveAccountData, { fileName: 'moji-podatki.zip' });
  const requests = () => portal.requests.filter(({ url }) => url === '/api/v1/account/data');
  return { portal, folder, main, asked, save, requests };
}

describe("the person's data", () => {
  test('are asked for with the token and written byte by byte', async () => {
    const { folder, asked, save, requests } = await setUp();
    expect(await save()).toEqual({ ok: true, value: { saved: true, fileName: 'moji-podatki.zip' } });
    expect(asked).toEqual([{ fileName: 'moji-podatki.zip', kind: 'zip' }]);
    expect((await readFile(join(folder, 'moji-podatki.zip'))).equals(zip)).toBe(true);
    expect(requests()).toMatchObject([{ headers: { authorization: 'Bearer token-1' } }]);
    expect(requests()[0]!.headers.accept).toMatch(/^application\/zip/);
  });

  test('are not asked for when the user calls off, or nothing can be written there', async () => {
    const calledOff = await setUp(() => null);
    expect(await calledOff.save()).toEqual({ ok: true, value: { saved: false, fileName: null } });
    const nowhere = await setUp((name, folder) => join(folder, 'no such folder', name));
    expect(await nowhere.save()).toMatchObject({ problem: { code: 'file_failed' } });
    for (const { requests } of [calledOff, nowhere]) expect(requests()).toEqual([]);
  });

  test("that do not come leave no file, and the user's old one as it was", async () => {
    const { portal, folder, save } = await setUp();
    await writeFile(join(folder, 'moji-podatki.zip'), 'old');
    const failures: [Answering, string][] = [
      [(_, response) => problem(response, 'rate_limited'), 'rate_limited'],
      [(_, response) => json(response, 200, {}), 'not_a_portal'],
      [(_, response) => void response.writeHead(504).end(), 'offline'],
      [(_, response) => void response.destroy(), 'offline'],
      [
        (_, response) => {
          response.writeHead(200, { 'Content-Type': 'application/zip' }).write(zip);
          setTimeout(() => response.destroy(), 30);
        },
        'offline',
      ],
    ];
    for (const [answering, code] of failures) {
      portal.answer(operation, answering);
      expect(await save()).toMatchObject({ ok: false, problem: { code } });
      expect(await readFile(join(folder, 'moji-podatki.zip'), 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['moji-podatki.zip']);
    }
  });

  test('of a session that has ended elsewhere: locked, and told', async () => {
    const { portal, folder, main, save } = await setUp();
    const session = { device: 'Windows, PISARNA-3', since: '2026-11-23T07:59:00.000Z' };
    portal.answer(operation, (_, response) => problem(response, 'session_displaced', { session }));
    expect(await save()).toMatchObject({ problem: { code: 'session_displaced', session } });
    expect(main.endings).toMatchObject([{ code: 'session_displaced', session }]);
    expect((await main.get('/api/v1/session')).status).toBe(401);
    expect(await readdir(folder)).toEqual([]);
  });

  const saveFrom = (folder: string, body: Readable, stallMs: number) =>
    createAccountData(
      createSaveZip({
        askWhere: () => Promise.resolve(join(folder, 'a.zip')),
        download: () => Promise.resolve(body),
        log: memoryLog().log,
        stallMs,
      }),
    )({ fileName: 'a.zip' });

  test('that stand still are given up', async () => {
    const folder = await temporaryFolder();
    const standing = new Readable({ read: () => undefined });
    standing.push(zip);
    await expect(saveFrom(folder, standing, 150)).rejects.toMatchObject({ problem: { code: 'offline' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that come slowly are waited for', async () => {
    // Together they take longer than a line may stand still, each of them a fraction of it.
    const stallMs = 2_000;
    async function* slowly() {
      for (let i = 0; i < 8; i++) {
        await sleep(stallMs / 7);
        yield Buffer.from('PK');
      }
    }
    const folder = await temporaryFolder();
    expect(await saveFrom(folder, Readable.from(slowly()), stallMs)).toEqual({ saved: true, fileName: 'a.zip' });
    expect(await readFile(join(folder, 'a.zip'), 'utf8')).toBe('PK'.repeat(8));
  });
});
