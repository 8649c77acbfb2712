import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { aSlip, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const pdf = Buffer.from('%PDF-1.7 the slip');
const slip = { id: aSlip, fileName: 'razdelilnik-2026-10-R-17.pdf' };
const anotherSlip = { id: 'f'.repeat(32), fileName: 'razdelilnik-2026-09-R-16.pdf' };
const done = { ok: true, value: null };
const refused = (code: string) => ({ ok: false, problem: { code } });

async function signedIn() {
  const portal = await startPortalStandIn();
  for (const { id } of [slip, anotherSlip]) {
    portal.answer(
      `GET /slips/${id}/pdf`,
      (_, response) => void response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdf),
    );
  }
  const folder = await temporaryFolder();
  const [dragged, shared, shown] = [[], [], []] as string[][];
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    askWhere: ({ fileName }) => join(folder, fileName),
    otherPrograms: {
      dragFile: (path) => void dragged!.push(path),
      shareFile: (path) => void shared!.push(path),
      showInFolder: (path) => void shown!.push(path),
    },
  });
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  const asked = () => portal.requests.filter(({ url }) => url.endsWith('/pdf')).length;
  const send = (channel: Parameters<typeof main.send>[0], argument: unknown) => main.send(channel, argument);
  return { portal, main, send, asked, folder, dragged: dragged!, shared: shared!, shown: shown! };
}

describe('a PDF dragged out of the window', () => {
  test('is a copy under its own name that only the user can read, made once', async () => {
    const { send, asked, dragged } = await signedIn();
    const before = asked();
    expect(await send(channels.prepareDrag, slip)).toEqual(done);
    expect(await send(channels.prepareDrag, slip)).toEqual(done);
    expect(asked() - before).toBe(1);
    expect(await send(channels.startDrag, { id: slip.id })).toEqual({ ok: true, value: true });
    const [path = ''] = dragged;
    expect(basename(path)).toBe(slip.fileName);
    expect(await readFile(path)).toEqual(pdf);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('is not dragged before it is there, nor another one in its place', async () => {
    const { send, dragged } = await signedIn();
    const notYet = { ok: true, value: false };
    expect(await send(channels.startDrag, { id: slip.id })).toEqual(notYet);
    await send(channels.prepareDrag, anotherSlip);
    expect(await send(channels.startDrag, { id: slip.id })).toEqual(notYet);
    expect(dragged).toEqual([]);
  });

  test('goes with the session, and is not made for who has none', async () => {
    const { main, send, dragged } = await signedIn();
    await send(channels.prepareDrag, slip);
    await send(channels.startDrag, { id: slip.id });
    await main.send(channels.signOut);
    expect(existsSync(dragged[0]!)).toBe(false);
    expect(await send(channels.startDrag, { id: slip.id })).toEqual({ ok: true, value: false });
    expect(await send(channels.prepareDrag, slip)).toMatchObject(refused('not_signed_in'));
    expect(dragged).toHaveLength(1);
  });

  test('is refused as the portal refuses it', async () => {
    const { portal, send } = await signedIn();
    portal.answer(`GET /slips/${aSlip}/pdf`, (_, response) => problem(response, 'e_invoice_required'));
    expect(await send(channels.prepareDrag, slip)).toMatchObject(refused('e_invoice_required'));
  });
});

test('a PDF that is shared is a copy, too', async () => {
  const { main, send, shared } = await signedIn();
  expect(await send(channels.shareSlipPdf, slip)).toEqual(done);
  expect(await readFile(shared[0]!)).toEqual(pdf);
  await main.sweep();
  expect(existsSync(shared[0]!)).toBe(false);
});

describe('a saved file', () => {
  test('is shown in its folder, the newest of its name', async () => {
    const { send, folder, shown } = await signedIn();
    await send(channels.saveSlipPdf, slip);
    expect(await send(channels.showSaved, { fileName: slip.fileName })).toEqual(done);
    expect(shown).toEqual([join(folder, slip.fileName)]);
  });

  test('is not shown when it is gone, nor any that was not saved here', async () => {
    const { send, folder, shown } = await signedIn();
    await mkdir(join(folder, 'inside'));
    for (const fileName of [slip.fileName, 'inside', '../', '/etc/passwd', `${folder}/${slip.fileName}`, '__proto__']) {
      expect(await send(channels.showSaved, { fileName }), fileName).toMatchObject(refused('file_gone'));
    }
    await send(channels.saveSlipPdf, slip);
    await rm(join(folder, slip.fileName));
    expect(await send(channels.showSaved, { fileName: slip.fileName })).toMatchObject(refused('file_gone'));
    expect(shown).toEqual([]);
  });
});
