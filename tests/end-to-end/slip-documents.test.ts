import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { slipPdf } from '../../server/pdf/slip-pdf.ts';
import { aSlip, startPortalStandIn } from '../helpers/portal-stand-in.ts';
import { pdfPages } from '../helpers/read-pdf.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../helpers/slip-data.ts';
import { createApp, type App } from './app.ts';

const fileName = 'razdelilnik-2026-10-R-17.pdf';
const pdf = slipPdf(documentOf(makeSlip([makeUnit([makeItem(0), makeItem(1)])], [makeOrder()])));
let app: App;

afterEach(() => app.remove());

/** Signed in at a portal that has one slip. What the system would be given is written down instead. */
async function start() {
  const portal = await startPortalStandIn();
  portal.answer(
    `GET /slips/${aSlip}/pdf`,
    (_, response) => void response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdf),
  );
  app = await createApp();
  const page = await app.open();
  const signedIn = await page.evaluate(async (address) => {
    const { desktop } = window;
    await desktop.portal.set(address);
    return desktop.session.signIn({ email: 'ana@primer.si', password: 'x' });
  }, portal.origin);
  expect(signedIn).toMatchObject({ ok: true });
  await app.main.evaluate(({ app: program, shell }) => {
    const seen = { opened: [] as string[], printed: [] as string[] };
    Object.assign(globalThis, { seen });
    shell.openPath = (path) => Promise.resolve(String(seen.opened.push(path) && ''));
    // In the place of the dialog and the printer: what they would be given, as a PDF.
    program.on('browser-window-created', (_event, window) => {
      window.webContents.print = (_options, done) => {
        const { show, paper } = { show: window.isVisible(), paper: window.webContents.printToPDF({}) };
        void paper.then((bytes) => {
          seen.printed.push(bytes.toString('base64'));
          done?.(!show, '');
        });
      };
    });
  });
  return portal;
}

const seen = () => app.main.evaluate(() => Reflect.get(globalThis, 'seen') as { opened: string[]; printed: string[] });

const print = () => app.page.evaluate((id) => window.desktop.documents.printSlipPdf({ id }), aSlip);

const openCopy = () =>
  app.page.evaluate((slip) => window.desktop.documents.openSlipPdf(slip), {
    id: aSlip,
    fileName,
  });

it('prints the whole slip from a window that nobody sees, also without a connection', async () => {
  const portal = await start();
  expect(await print()).toEqual({ ok: true, value: true });
  await portal.stop();
  expect(await print()).toEqual({ ok: true, value: true });
  const { printed } = await seen();
  for (const paper of printed) expect(pdfPages(Buffer.from(paper, 'base64'))).toEqual(pdfPages(pdf));
  expect(printed).toHaveLength(2);
  expect(await app.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

it('opens a copy in another program that only the user can read, and takes it back', async () => {
  await start();
  expect(await openCopy()).toEqual({ ok: true, value: null });
  const [first = ''] = (await seen()).opened;
  expect(first.startsWith(tmpdir()) && first.endsWith(fileName)).toBe(true);
  expect((await readFile(first)).equals(pdf)).toBe(true);
  expect([(await stat(first)).mode & 0o777, (await stat(dirname(first))).mode & 0o777]).toEqual([0o600, 0o700]);

  await app.page.evaluate(() => window.desktop.session.signOut());
  expect(existsSync(dirname(first)), 'after signing out').toBe(false);

  await app.page.evaluate(() => window.desktop.session.signIn({ email: 'ana@primer.si', password: 'x' }));
  await openCopy();
  const second = (await seen()).opened[1] ?? '';
  expect(existsSync(second)).toBe(true);
  await app.close();
  expect(existsSync(dirname(second)), 'after the end of the program').toBe(false);
});
