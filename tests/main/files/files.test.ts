import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { batchHeader } from '../../../contract/slip-passwords.ts';
import { eventually } from '../../helpers/eventually.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import type { MainProcess } from '../../helpers/main-process.ts';
import {
  aManager,
  anAccount,
  anImport,
  aSlip,
  json,
  problem,
  startPortalStandIn,
} from '../../helpers/portal-stand-in.ts';
import type { Answering } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const pdf = Buffer.from('%PDF-1.7 razdelilnik');
const sendPdf =
  (status: number): Answering =>
  (_, response) =>
    void response.writeHead(status, { 'Content-Type': 'application/pdf' }).end(pdf);

async function setUp(
  chooses: (fileName: string, folder: string) => string | null = (name, folder) => join(folder, name),
) {
  const portal = await startPortalStandIn();
  const folder = await temporaryFolder();
  const asked: { fileName: string; kind: string }[] = [];
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    askWhere: (suggestion) => {
      asked.push(suggestion);
      return chooses(suggestion.fileName, folder);
    },
  });
  portal.signInAs(anAccount, 'token-1');
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  return { portal, folder, main, asked };
}

describe('saving', () => {
  test("a slip's PDF, also without a network", async () => {
    const { portal, folder, main } = await setUp();
    portal.answer(`GET /slips/${aSlip}/pdf`, sendPdf(200));
    const save = (fileName: string) => main.send(channels.saveSlipPdf, { id: aSlip, fileName });
    expect(await save('a.pdf')).toEqual({ ok: true, value: { saved: true, fileName: 'a.pdf' } });
    await portal.stop();
    expect(await save('b.pdf')).toEqual({ ok: true, value: { saved: true, fileName: 'b.pdf' } });
    for (const name of ['a.pdf', 'b.pdf']) expect(await readFile(join(folder, name))).toEqual(pdf);
  });

  test('does not ask where to when there is nothing to save, and does nothing when called off', async () => {
    const { portal, folder, main, asked } = await setUp(() => null);
    portal.answer(`GET /slips/${aSlip}/pdf`, (_, response) => problem(response, 'e_invoice_required'));
    const slip = { id: aSlip, fileName: 'a.pdf' };
    expect(await main.send(channels.saveSlipPdf, slip)).toMatchObject({ problem: { code: 'e_invoice_required' } });
    expect(asked).toEqual([]);
    portal.answer(`GET /slips/${aSlip}/pdf`, sendPdf(200));
    expect(await main.send(channels.saveSlipPdf, slip)).toEqual({ ok: true, value: { saved: false, fileName: null } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('text as UTF-8 with its mark, for spreadsheets', async () => {
    const { folder, main } = await setUp();
    await main.send(channels.saveText, { fileName: 'seznam.csv', text: 'šifra;geslo' });
    expect(await readFile(join(folder, 'seznam.csv'))).toEqual(Buffer.from('\ufeffšifra;geslo'));
  });

  test('text as what its name says: a list for a spreadsheet, or lines to keep', async () => {
    const { main, asked } = await setUp();
    for (const fileName of ['seznam.csv', 'kode.txt']) await main.send(channels.saveText, { fileName, text: 'š' });
    expect(asked).toEqual([
      { fileName: 'seznam.csv', kind: 'csv' },
      { fileName: 'kode.txt', kind: 'txt' },
    ]);
  });

  test('where nothing can be written says so', async () => {
    const { main } = await setUp((name, folder) => join(folder, 'no such folder', name));
    expect(await main.send(channels.saveText, { fileName: 'seznam.csv', text: '' })).toMatchObject({
      problem: { code: 'file_failed' },
    });
  });
});

describe('letters', () => {
  const letters = {
    ...{ order: { allWithoutAccount: true }, form: 'letters', managerId: aManager, fileName: 'pisma-z-gesli.pdf' },
  };

  test('are asked for as PDF and written as they come', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/slip-passwords', sendPdf(201));
    expect(await main.send(channels.saveSlipPasswords, letters)).toEqual({
      ok: true,
      value: { saved: true, fileName: 'pisma-z-gesli.pdf' },
    });
    expect(await readFile(join(folder, 'pisma-z-gesli.pdf'))).toEqual(pdf);
    const sent = portal.requests.find(({ url }) => url.startsWith('/api/v1/office/slip-passwords'))!;
    expect(sent.headers.accept).toMatch(/^application\/pdf/);
    expect(sent.headers.authorization).toBe('Bearer token-1');
    expect(JSON.parse(sent.body.toString())).toEqual(letters.order);
    expect(sent.url).toBe(`/api/v1/office/slip-passwords?managerId=${aManager}`);
  });

  test('are a list where that is wanted', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/slip-passwords', (_, response) => {
      response.writeHead(201, { 'Content-Type': 'text/csv', [batchHeader]: aManager });
      response.end('a;b');
    });
    const list = { ...letters, form: 'list', fileName: 'gesla.csv' };
    expect(await main.send(channels.saveSlipPasswords, list)).toMatchObject({ value: { fileName: 'gesla.csv' } });
    expect(await readFile(join(folder, 'gesla.csv'), 'utf8')).toBe('a;b');
    expect(portal.requests.at(-1)!.headers.accept).toMatch(/^text\/csv/);
  });

  test('are called off once they were asked for: they are lost, and so is the file', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/slip-passwords', (_, response) => {
      response.writeHead(201, { 'Content-Type': 'application/pdf' });
      response.write(pdf);
    });
    const saving = main.send(channels.saveSlipPasswords, letters);
    await eventually(async () => expect(await readdir(folder)).toHaveLength(1));
    await eventually(() => expect(portal.requests.some(({ url }) => url.includes('slip-passwords'))).toBe(true));
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'print_running' } });
    await main.send(channels.cancelSlipPasswords);
    expect(await saving).toMatchObject({ problem: { code: 'letters_lost' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('nothing is issued when the user calls off, or nothing can be written there', async () => {
    for (const chooses of [() => null, (name: string, folder: string) => join(folder, 'no such folder', name)]) {
      const { portal, main } = await setUp(chooses);
      await main.send(channels.saveSlipPasswords, letters);
      expect(portal.requests.filter(({ url }) => url.includes('slip-passwords'))).toEqual([]);
    }
  });

  test('that broke off after the issue are said to be lost, and no half file is left', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/slip-passwords', (_, response) => {
      response.writeHead(201, { 'Content-Type': 'application/pdf', 'Content-Length': '1000' });
      response.write(pdf);
      setTimeout(() => response.destroy(), 30);
    });
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'letters_lost' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('are lost once the request was sent, and not before', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/slip-passwords', (_, response) => void response.destroy());
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'letters_lost' } });
    portal.answer('POST /office/slip-passwords', (_, response) => void response.writeHead(504).end());
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'letters_lost' } });
    await portal.stop();
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'offline' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('and an upload that learn that the session was ended elsewhere end it here', async () => {
    const failing: [string, (main: MainProcess, folder: string) => Promise<unknown>][] = [
      ['POST /office/slip-passwords', (main) => main.send(channels.saveSlipPasswords, letters)],
      [
        'POST /office/imports',
        async (main, folder) => {
          await writeFile(join(folder, 'a.csv'), 'x');
          return main.send(channels.uploadBillingFile, { path: join(folder, 'a.csv'), managerId: aManager });
        },
      ],
    ];
    for (const [operation, act] of failing) {
      const { portal, folder, main } = await setUp();
      portal.answer(operation, (_, response) => problem(response, 'session_displaced'));
      expect(await act(main, folder)).toMatchObject({ problem: { code: 'session_displaced' } });
      expect(main.endings).toMatchObject([{ code: 'session_displaced' }]);
      expect((await main.get('/api/v1/session')).status).toBe(401);
    }
  });

  test("that the server refuses leave no file, and the user's old one as it was", async () => {
    const { portal, folder, main } = await setUp();
    await writeFile(join(folder, 'pisma-z-gesli.pdf'), 'old');
    portal.answer('POST /office/slip-passwords', (_, response) => problem(response, 'payer_taken'));
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'payer_taken' } });
    // A list in place of letters would be written into a .pdf.
    portal.answer('POST /office/slip-passwords', (_, response) => json(response, 201, { issued: [] }));
    expect(await main.send(channels.saveSlipPasswords, letters)).toMatchObject({ problem: { code: 'not_a_portal' } });
    expect(await readFile(join(folder, 'pisma-z-gesli.pdf'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe('a billing file', () => {
  const upload = async (main: Awaited<ReturnType<typeof setUp>>['main'], folder: string, bytes: Buffer) => {
    const path = join(folder, 'obračun.csv');
    await writeFile(path, bytes);
    return main.send(channels.uploadBillingFile, { path, managerId: aManager });
  };

  test('arrives byte by byte, with its name, and progress is told to its end', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/imports', (_, response) => json(response, 202, anImport));
    const bytes = Buffer.alloc(3_000_000, 'šifra;znesek\r\n');
    expect(await upload(main, folder, bytes)).toEqual({ ok: true, value: anImport });
    const sent = portal.requests.find(({ url }) => url.startsWith('/api/v1/office/imports'))!;
    expect(sent.body.equals(bytes)).toBe(true);
    expect(new URL(sent.url, portal.origin).searchParams.get('fileName')).toBe('obračun.csv');
    expect(main.progress.at(-1)).toEqual({ sent: bytes.length, total: bytes.length });
  });

  test("the portal's refusal and a missing file are told", async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/imports', (_, response) => problem(response, 'import_running'));
    expect(await upload(main, folder, Buffer.from('x'))).toMatchObject({ problem: { code: 'import_running' } });
    for (const path of [join(folder, 'none.csv'), folder]) {
      expect(await main.send(channels.uploadBillingFile, { path, managerId: aManager })).toMatchObject({
        problem: { code: 'file_failed' },
      });
    }
    await portal.stop();
    expect(await upload(main, folder, Buffer.from('x'))).toMatchObject({ problem: { code: 'offline' } });
  });

  test.skipIf(process.platform !== 'linux')('that cannot be read to its end is told', async () => {
    const { portal, main } = await setUp();
    portal.answer('POST /office/imports', () => undefined);
    // Its first page is never mapped: reading fails with EIO after the file was opened.
    const file = { path: '/proc/self/mem', managerId: aManager };
    expect(await main.send(channels.uploadBillingFile, file)).toMatchObject({ problem: { code: 'file_failed' } });
  });

  test('called off at once, before anything was sent, it is over', async () => {
    const { portal, folder, main } = await setUp();
    const path = join(folder, 'obračun.csv');
    await writeFile(path, 'x');
    const sending = main.send(channels.uploadBillingFile, { path, managerId: aManager });
    await main.send(channels.cancelUpload);
    expect(await sending).toMatchObject({ problem: { code: 'cancelled' } });
    expect(portal.requests.filter(({ url }) => url.includes('imports'))).toEqual([]);
  });

  test('can be called off; a second one at the same time is refused', async () => {
    const { portal, folder, main } = await setUp();
    portal.answer('POST /office/imports', () => undefined);
    const first = upload(main, folder, Buffer.from('x'));
    await eventually(() => expect(portal.requests.some(({ url }) => url.includes('imports'))).toBe(true));
    expect(await upload(main, folder, Buffer.from('y'))).toMatchObject({ problem: { code: 'import_running' } });
    await main.send(channels.cancelUpload);
    expect(await first).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    portal.answer('POST /office/imports', (_, response) => json(response, 202, anImport));
    expect(await upload(main, folder, Buffer.from('z'))).toMatchObject({ ok: true });
    expect(existsSync(join(folder, 'obračun.csv'))).toBe(true);
  });
});
