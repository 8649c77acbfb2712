import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { generateBillingFile } from '../../server/sample/billing-file.ts';
import { billingFile } from '../helpers/billing-file.ts';
import { createApp, type App } from './app.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, menu, publish, signIn } from './screens.ts';

const admin = 'admin@vzorec.example';
/** So long a job may be silent before it counts as dead, and as long again until somebody looks. */
const untilBuriedMs = 110_000;

/** The server dies in the middle of an import, and the office sees where it stands. */
describe.each(['sqlite', 'mariadb'] as const)('an import whose server is killed, on %s', (kind) => {
  let portal: Portal;
  let app: App;
  let folder: string;

  const page = () => app.page;
  const said = (text: string | RegExp, timeout?: number) =>
    page()
      .getByText(text)
      .first()
      .waitFor(timeout === undefined ? {} : { timeout });

  async function choose(name: string): Promise<void> {
    await menu(page(), 'Uvozi').click();
    await page().locator('input[type=file]').setInputFiles(join(folder, name));
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-interrupted-'));
    const long = [...generateBillingFile({ payers: 4_000, months: 3, seed: 1, until: '2026-10' })];
    await writeFile(join(folder, 'dolga.csv'), long.join(''));
    await writeFile(join(folder, 'kratka.csv'), billingFile([{}]));
    app = await createApp();
    portal = await createPortal(kind, { PASSWORD_COST: '10' });
    await portal.operate('migrate');
    await portal.start();
    const place = ['--street', 'Vzorčna ulica 1', '--town', '1000 Ljubljana', '--iban', 'SI56990000012345646'];
    const id = (await portal.operate('manager', 'create', '--name', 'Upravnik Vzorec d.o.o.', ...place)).trim();
    const who = ['--email', admin, '--role', 'admin', '--first-name', 'Maja', '--last-name', 'Kos'];
    const password = (await portal.operate('staff', 'create', '--manager', id, ...who)).trim();
    await choosePortal(await app.open(), portal.address);
    await signIn(app.page, admin, password);
  });

  afterAll(async () => {
    await app.remove();
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('waits for its confirmation as before, once it was checked', async () => {
    await choose('kratka.csv');
    await page().getByRole('heading', { name: 'Kaj se bo spremenilo' }).waitFor();
    await portal.kill();
    await portal.start();
    await menu(page(), 'Pregled pisarne').click();
    await page().getByRole('link', { name: '1 pregledana datoteka čaka na potrditev' }).click();
    await said('Dodan bo 1 razdelilnik.');
    await page().getByRole('button', { name: 'Pripravi osnutek' }).click();
    await said('Stanovalci osnutka še ne vidijo.');
    await publish(page());
  });

  // It takes a minute until a job counts as dead. tests/server/imports does the same on all databases, without a window.
  it.runIf(kind === 'mariadb')('has failed when it was being checked, and it can be sent again', async () => {
    await choose('dolga.csv');
    await page().getByRole('heading', { name: 'Preverjamo datoteko' }).waitFor();
    await portal.kill();
    await said(/^Portala trenutno ne dosežemo/);
    await portal.start();
    await said('ni uspelo', untilBuriedMs);
    await menu(page(), 'Plačniki').click();
    await page().getByRole('status').filter({ hasText: '1 plačnik' }).first().waitFor();
    await choose('dolga.csv');
    await page().getByRole('heading', { name: 'Kaj se bo spremenilo' }).waitFor({ timeout: untilBuriedMs });
    await said('Dodanih bo 12.000 razdelilnikov.');
  });
});
