import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import type { MainProcess, MainProcessOptions } from '../../helpers/main-process.ts';
import { problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import type { Answering } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const id = '0123456789abcdef0123456789abcdef';
const operation = `GET /slips/${id}/pdf`;
const fileName = 'razdelilnik-2026-10-R-17.pdf';
const pdf = Buffer.from('%PDF-1.7\nštevilke');
const sendPdf: Answering = (_, response) =>
  void response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdf);

async function setUp(more: Partial<MainProcessOptions> = {}) {
  const portal = await startPortalStandIn();
  const tempFolder = await temporaryFolder();
  const opened: string[] = [];
  const printed: string[] = [];
  const options: MainProcessOptions = {
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    tempFolder,
    openPath: (path) => Promise.resolve(String(opened.push(path) && '')),
    printPdf: (address) => Promise.resolve(printed.push(address) > 0),
    ...more,
  };
  const main = await startMainProcess(options);
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  portal.answer(operation, sendPdf);
  const open = (process: MainProcess = main) => process.send(channels.openSlipPdf, { id, fileName });
  const print = () => main.send(channels.printSlipPdf, { id });
  const copies = () => readdir(tempFolder, { recursive: true });
  return { portal, tempFolder, options, main, opened, printed, open, print, copies };
}

describe('a slip opened in another program', () => {
  test('is a copy under its own name that nobody else on the computer can read', async () => {
    const { tempFolder, opened, open } = await setUp();
    expect(await open()).toEqual({ ok: true, value: null });
    const [path = ''] = opened;
    expect(path.startsWith(tempFolder) && path.endsWith(`/${fileName}`)).toBe(true);
    expect((await readFile(path)).equals(pdf)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    await open();
    expect(opened[1]).not.toBe(path);
  });

  test('comes from what was kept when there is no connection', async () => {
    const { portal, opened, open } = await setUp();
    await open();
    await portal.stop();
    expect(await open()).toEqual({ ok: true, value: null });
    expect((await readFile(opened[1] ?? '')).equals(pdf)).toBe(true);
  });

  test('that the portal refuses is not there', async () => {
    const { portal, opened, open, copies } = await setUp();
    for (const code of ['e_invoice_required', 'not_found', 'forbidden'] as const) {
      portal.answer(operation, (_, response) => problem(response, code));
      expect(await open()).toMatchObject({ ok: false, problem: { code } });
    }
    expect([opened, await copies()]).toEqual([[], []]);
  });

  test('that no program takes, or that cannot be written, is told', async () => {
    const { open } = await setUp({ openPath: () => Promise.resolve('no application') });
    expect(await open()).toMatchObject({ problem: { code: 'file_failed' } });
    const nowhere = await setUp({ tempFolder: '/no such folder' });
    expect(await nowhere.open()).toMatchObject({ problem: { code: 'file_failed' } });
  });

  test('goes when the person signs out, and when the session ends elsewhere', async () => {
    const { portal, main, open, copies } = await setUp();
    await open();
    await main.send(channels.signOut);
    expect(await copies()).toEqual([]);
    await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
    await open();
    expect(await copies()).toHaveLength(2);
    portal.answer('GET /session', (_, response) => problem(response, 'session_displaced'));
    await main.get('/api/v1/session');
    await expect.poll(copies).toEqual([]);
  });

  test('goes when the program quits, and after a crash at the next start', async () => {
    const { tempFolder, options, main, open, copies } = await setUp();
    await open();
    const next = await startMainProcess(options);
    await next.sweep();
    expect(await copies()).toEqual([]);
    await open();
    await main.sweep();
    expect(await copies()).toEqual([]);
    expect(existsSync(tempFolder)).toBe(true);
  });

  test('is not written any more when the person has signed out before it came', async () => {
    const { portal, main, opened, open, copies } = await setUp();
    let answer = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      portal.answer(operation, (request, response) => {
        answer = () => sendPdf(request, response);
        resolve();
      });
    });
    const opening = open();
    await isAsked;
    await main.send(channels.signOut);
    answer();
    expect(await opening).toMatchObject({ problem: { code: 'not_signed_in' } });
    expect([opened, await copies()]).toEqual([[], []]);
  });

  test('goes alone: what others have in that folder stays', async () => {
    const { tempFolder, main, open } = await setUp();
    const { profileId } = main.settings.get();
    const elsewhere = await mkdtemp(join(await temporaryFolder(), 'x'));
    await writeFile(join(elsewhere, 'a.txt'), 'a');
    await mkdir(join(tempFolder, 'iiportal-0123456789abcdef-x'));
    await writeFile(join(tempFolder, 'tuje.pdf'), 'x');
    await symlink(elsewhere, join(tempFolder, `iiportal-${profileId}-y`));
    await open();
    await main.sweep();
    const left = ['iiportal-0123456789abcdef-x', `iiportal-${profileId}-y`, 'tuje.pdf'].sort();
    expect((await readdir(tempFolder)).sort()).toEqual(left);
    expect(await readdir(elsewhere)).toEqual(['a.txt']);
  });
});

describe('a slip that is printed', () => {
  test('is shown to the dialog for printing by its own address', async () => {
    const { printed, print } = await setUp();
    expect(await print()).toEqual({ ok: true, value: true });
    expect(printed).toEqual([`app://iiportal/api/v1/slips/${id}/pdf`]);
  });

  test('that the portal refuses is not printed', async () => {
    const { portal, printed, print } = await setUp();
    portal.answer(operation, (_, response) => problem(response, 'e_invoice_required'));
    expect(await print()).toMatchObject({ problem: { code: 'e_invoice_required' } });
    expect(printed).toEqual([]);
  });

  test('may be called off in the dialog', async () => {
    const { print } = await setUp({ printPdf: () => Promise.resolve(false) });
    expect(await print()).toEqual({ ok: true, value: false });
  });
});
