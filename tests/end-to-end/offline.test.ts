import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRegistration } from '../../contract/registrations.ts';
import { billingFile, type TestRow } from '../helpers/billing-file.ts';
import { callApi } from '../helpers/call-api.ts';
import { pdfPages } from '../helpers/read-pdf.ts';
import { createApp, type App } from './app.ts';
import { readOwnKeyring } from './keyring.ts';
import { openOffice } from './office.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, menu, signIn } from './screens.ts';
import { resident } from './story-file.ts';
import { filesWith } from './traces.ts';

const admin = 'admin@vzorec.example';
const periods = [
  { period: '2026-10', words: 'oktober 2026', number: '26100001' },
  { period: '2026-09', words: 'september 2026', number: '26090001' },
  { period: '2026-08', words: 'avgust 2026', number: '26080001' },
];
const supplier = 'Komunala Žabja vas';
/** What of the person must stand in no file. */
const known = [resident.email, 'Čehovin', supplier, ...periods.map(({ number }) => number)];
const patienceMs = 60_000;

const rows = periods.map(({ period, number }): TestRow => ({
  ...{ placnik: resident.name, e_posta: resident.email, dobavitelj: supplier },
  ...{ obdobje: period, racun: number, rok_placila: '31. 12. 2099' },
}));

/** What a resident has on their computer when the portal cannot be reached, and until when. */
describe('without a connection', () => {
  let portal: Portal;
  let app: App;
  let failed: string | null = null;

  beforeAll(async () => {
    portal = await createPortal('sqlite', { PASSWORD_COST: '10', HUMAN_CHECK: 'off' });
    await portal.operate('migrate');
    const place = ['--street', 'Vzorčna ulica 1', '--town', '1000 Ljubljana', '--iban', 'SI56990000012345646'];
    const contact = ['--email', 'pisarna@vzorec.example', '--host', '127.0.0.1'];
    const manager = ['--name', 'Upravnik Vzorec d.o.o.', ...contact, ...place];
    const managerId = (await portal.operate('manager', 'create', ...manager)).trim();
    const who = ['--email', admin, '--role', 'admin', '--first-name', 'Maja', '--last-name', 'Kos'];
    const password = (await portal.operate('staff', 'create', '--manager', managerId, ...who)).trim();
    await portal.start();
    const office = await openOffice(portal, admin, password);
    await office.publish(managerId, billingFile(rows));
    const slipPassword = (await office.issue(managerId))[resident.code] ?? '';
    const { firstName, lastName, email } = resident;
    const body = { managerId, payerCode: resident.code, slipPassword, firstName, lastName, email };
    const { status } = await callApi(portal.address, createRegistration, {
      body: { ...body, password: resident.password },
    });
    expect(status).toBe(201);
    app = await createApp();
    await choosePortal(await app.open(), portal.address);
  });

  // Each step stands on the one before.
  beforeEach(({ task, skip }) => skip(failed !== null && failed !== task.id, 'an earlier step failed'));

  afterEach(async ({ task }) => {
    // Tried once more, the step fails again or the next one follows: skipped, it would count as good.
    if (failed === task.id) failed = null;
    if (task.result?.state !== 'fail') return;
    failed = task.id;
    const picture = join(tmpdir(), `iiportal-offline-${task.name.replace(/\W+/g, '-')}.png`);
    await app.picture(picture);
    process.stdout.write(`What the window showed is in ${picture}\n`);
  });

  afterAll(async () => {
    await app.remove();
    await portal.remove();
  });

  const offlineBanner = () => app.page.getByText(/Brez povezave\. Kažemo shranjene podatke z dne \d/);

  async function openThisComputer(): Promise<void> {
    await menu(app.page, 'Profil').click();
    await app.page.getByRole('link', { name: 'Odpri nastavitve računalnika' }).click();
    await app.page.getByRole('heading', { name: 'Kaj hrani ta računalnik' }).waitFor();
  }

  async function openSlip(words: string): Promise<void> {
    await menu(app.page, 'Razdelilniki').click();
    await app.page
      .getByRole('link', { name: new RegExp(words, 'i') })
      .first()
      .click();
  }

  const pdfInFrame = async (): Promise<Buffer> => {
    const frame = app.page.locator('iframe[title^="PDF razdelilnika"]');
    const address = (await frame.getAttribute('src')) ?? '';
    const bytes = await app.page.evaluate(
      async (pdf) => [...new Uint8Array(await (await fetch(pdf)).arrayBuffer())],
      address.replace(/#.*/, ''),
    );
    return Buffer.from(bytes);
  };

  it('slips are fetched ahead after the sign-in, and the page of this computer says so', async () => {
    await signIn(app.page, resident.email, resident.password);
    await openThisComputer();
    await app.page.getByText('Vse je shranjeno.').waitFor({ timeout: patienceMs });
    await app.page.getByText('Shranjenih 3 od 3 razdelilnikov.').waitFor();
    await menu(app.page, 'Profil').click();
    await app.page.getByText('shranjenih 3 od 3 razdelilnikov').waitFor();
    for (const text of known) expect(await filesWith(app.profile, text), text).toEqual([]);
  });

  it('every slip and its PDF open after a restart, with the moment as of which they are', async () => {
    await app.close();
    await portal.stop();
    const page = await app.open();
    await page.getByRole('navigation').waitFor();
    await offlineBanner().waitFor();
    for (const { words, number } of periods) {
      await openSlip(words);
      await page.getByText(new RegExp(number)).first().waitFor();
      await page.getByText(supplier).first().waitFor();
      await offlineBanner().waitFor();
      await page.getByRole('button', { name: 'Pokaži PDF' }).click();
      await page.locator('iframe[title^="PDF razdelilnika"]').waitFor();
      await offlineBanner().waitFor();
      expect(pdfPages(await pdfInFrame()).join('\n')).toContain(number);
    }
    await openThisComputer();
    await page.getByText('Shranjenih 3 od 3 razdelilnikov.').waitFor();
  });

  it('the screen refreshes by itself once the portal is back', async () => {
    await openSlip(periods[0]!.words);
    await offlineBanner().waitFor();
    await app.page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
    await portal.start();
    await offlineBanner().waitFor({ state: 'hidden', timeout: patienceMs });
    expect(await app.page.evaluate(() => Reflect.get(window, 'isTheSamePage') as unknown)).toBe(true);
    await app.page.getByText(new RegExp(periods[0]!.number)).first().waitFor();
  });

  it('nothing of the person is left when the computer is to forget', async () => {
    expect((await readOwnKeyring(portal.address, app)).names).toEqual(['offline key', 'session']);
    await openThisComputer();
    await app.page.getByRole('button', { name: 'Pozabi ta računalnik' }).click();
    await app.page.getByRole('button', { name: 'Odjavi me in izbriši' }).click();
    await app.page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
    expect((await readOwnKeyring(portal.address, app)).names).toEqual([]);
    await app.close();
    expect((await readdir(app.profile)).filter((name) => name.startsWith('offline'))).toEqual([]);
    for (const text of known) expect(await filesWith(app.profile, text), text).toEqual([]);
    const page = await app.open();
    await page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
  });
});
