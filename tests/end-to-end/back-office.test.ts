import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type App } from './app.ts';
import * as file from './back-office-file.ts';
import * as screens from './back-office-screens.ts';
import { readLetter } from './documents.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, register } from './screens.ts';
import { neighbour, resident } from './story-file.ts';

const admin = 'admin@vzorec.example';
const { button, said } = screens;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

/** The beginning of a month in the office, with the keyboard. */
describe.each(['sqlite', 'mariadb'] as const)('the back office on %s', (kind) => {
  let portal: Portal;
  let adminPassword: string;
  let office: App;
  let home: App;
  let folder: string;
  let failed: string | null = null;
  const path = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-office-'));
    [office, home] = await Promise.all([createApp(), createApp()]);
    portal = await createPortal(kind, { PASSWORD_COST: '10', HUMAN_CHECK_WORK: '30' });
    await portal.operate('migrate');
    await portal.start();
    const place = ['--street', 'Vzorčna ulica 1', '--town', '1000 Ljubljana', '--iban', 'SI56990000012345646'];
    const id = (await portal.operate('manager', 'create', '--name', 'Upravnik Vzorec d.o.o.', ...place)).trim();
    const who = ['--email', admin, '--role', 'admin', '--first-name', 'Maja', '--last-name', 'Kos'];
    adminPassword = (await portal.operate('staff', 'create', '--manager', id, ...who)).trim();
    await writeFile(path('napake.csv'), file.faultyFile);
    await writeFile(path('oktober.csv'), file.goodFile);
    await writeFile(path('november.csv'), file.nextFile);
    await choosePortal(await office.open(), portal.address);
  });

  // Each step stands on the one before.
  beforeEach(({ task, skip }) => skip(failed !== null && failed !== task.id, 'an earlier step failed'));

  afterEach(async ({ task }) => {
    // Tried once more, the step fails again or the next one follows: skipped, it would count as good.
    if (failed === task.id) failed = null;
    if (task.result?.state !== 'fail') return;
    failed = task.id;
    for (const [name, app] of Object.entries({ office, home })) {
      const picture = join(tmpdir(), `iiportal-back-office-${kind}-${name}.png`);
      await app.picture(picture);
      process.stdout.write(`What the window of ${name} showed is in ${picture}\n`);
    }
  });

  afterAll(async () => {
    await Promise.all([office.remove(), home.remove()]);
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('begins with what there is to do first', async () => {
    const { page } = office;
    await screens.signInByKeyboard(page, admin, adminPassword);
    await page.getByRole('heading', { name: 'Prvi koraki' }).waitFor();
    await screens.press(page, page.getByRole('link', { name: 'Uvozite datoteko z obračunom' }));
    await page.getByRole('heading', { level: 1, name: 'Uvozi', exact: true }).waitFor();
  });

  it('shows what is wrong with a file, what was meant, and gives the rows back', async () => {
    const { page } = office;
    await screens.chooseFile(page, path('napake.csv'));
    await said(page, '3 napake v datoteki');
    const rows = async (name: RegExp) =>
      (await page.getByRole('row', { name }).innerText()).replace(/\s+/g, ' ').trim();
    expect(await rows(/rok_placila/)).toBe('3 rok_placila 30/11/26 30.11.2026');
    expect(await rows(/e_racun/)).toBe('4 e_racun mail email');
    expect(await rows(/placnik/)).toBe('6 placnik prazno');
    await office.saveTo(path('napacne.csv'));
    await screens.press(page, button(page, 'Shrani 3 napačne vrstice (CSV)'));
    await said(page, /^Napačne vrstice so shranjene/);
    const [header, ...faulty] = (await readFile(path('napacne.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(header).toMatch(/^\ufeffrazlog;sifra_placnika;placnik;/);
    expect(faulty.map((line) => line.split(';')[1])).toEqual([neighbour.code, file.formula.code, file.lookedAt.code]);
    expect(faulty[0]).toMatch(/^"?rok_placila: .*Predlog: 30\.11\.2026/);
    await screens.goTo(page, 'Pregled pisarne');
    await said(page, 'Zadnja datoteka ima napake in ni bila uvožena: napake.csv');
  });

  it('says what the right file will change, and changes it when that is confirmed', async () => {
    const { page } = office;
    await screens.chooseFile(page, path('oktober.csv'));
    await page.getByRole('heading', { name: 'Kaj se bo spremenilo' }).waitFor();
    const text = plain(await page.getByRole('main').innerText());
    for (const words of ['Dodanih bo 5 razdelilnikov.', 'Dodanih bo 5 plačnikov.', '42,10 €'])
      expect(text).toContain(words);
    await screens.goTo(page, 'Plačniki');
    await said(page, 'Plačnikov še ni');
    await screens.openImport(page, 'oktober.csv');
    await screens.press(page, button(page, 'Pripravi osnutek'));
    await said(page, 'Stanovalci osnutka še ne vidijo.');
  });

  it('finds a slip of the draft and shows it as its resident will see it', async () => {
    const { page } = office;
    await screens.goTo(page, 'Obračuni');
    await screens.press(page, page.getByRole('link', { name: 'oktober 2026' }));
    await screens.tabTo(page, page.getByRole('searchbox', { name: 'Številka, šifra ali ime plačnika' }));
    await page.keyboard.type('cuk');
    await page.getByRole('status').filter({ hasText: /^1 razdelilnik$/ }).waitFor(); // prettier-ignore
    await screens.press(page, page.getByRole('link', { name: '26100005' }));
    await said(page, `Tako vidi razdelilnik stanovalec: ${file.lookedAt.name}`);
    await said(page, /Razdelilnik je osnutek: stanovalec ga še ne vidi\..*Ogled je zapisan v dnevnik\./);
    await screens.press(page, button(page, 'Pokaži PDF'));
    await page.locator('iframe[title^="PDF razdelilnika"]').waitFor();
  });

  it('publishes the month', async () => {
    const { page } = office;
    await screens.openImport(page, 'oktober.csv');
    await screens.press(page, button(page, 'Objavi'));
    await screens.dialog(page).getByText('Stanovalci bodo videli 5 razdelilnikov').waitFor();
    await screens.pressInDialog(page, 'Objavi 5 razdelilnikov');
    await said(page, 'Stanovalci vidijo te razdelilnike.');
  });

  it('issues the slip passwords of a building', async () => {
    const { page } = office;
    await screens.goTo(page, 'Gesla z razdelilnika');
    await page.getByRole('radio', { name: 'Za stavbo' }).check();
    await screens.chooseBuilding(page, file.buildings.first);
    await said(page, 'Izdali bomo 3 gesla.');
    await office.saveTo(path('pisma.pdf'));
    await screens.press(page, button(page, 'Izdaj in shrani pisma'));
    await screens.pressInDialog(page, 'Izdaj 3 gesla');
    await said(page, 'Pisma so shranjena');
    const buildings = await screens.rowsOf(page, 'Po stavbah');
    expect(buildings).toEqual([
      expect.stringMatching(/^Čopova ulica 3 0\s% 2 0 0 0 2$/),
      expect.stringMatching(/^Šišenska cesta 5 0\s% 3 0 3 0 0$/),
    ]);
  });

  it('lets a resident in, who opens the slip', async () => {
    const { payerCode, slipPassword } = readLetter(await readFile(path('pisma.pdf')), resident.name);
    await choosePortal(await home.open(), portal.address);
    await home.page.getByRole('button', { name: 'REGISTRACIJA' }).click();
    await register(home.page, resident, slipPassword, payerCode);
    await home.page.getByRole('link', { name: 'Odpri razdelilnik' }).first().click();
    await said(home.page, 'Upravljanje');
  });

  it('does not take back what somebody has opened', async () => {
    const { page } = office;
    await screens.openImport(page, 'oktober.csv');
    await screens.press(page, button(page, 'Umakni obračun…'));
    await screens.tabTo(page, screens.dialog(page).getByLabel('Razlog'));
    await page.keyboard.type('Napačna cena');
    await screens.pressInDialog(page, 'Umakni obračun');
    await said(page, 'Obračuna ni več mogoče umakniti: 1 razdelilnik je že odprt ali poslan po e-pošti.');
    await screens.pressInDialog(page, 'Prekliči');
    await said(page, 'Stanovalci vidijo te razdelilnike.');
  });

  it('finds payers, and saves those that were filtered', async () => {
    const { page } = office;
    await screens.goTo(page, 'Plačniki');
    await screens.searchPayers(page, 'c2', file.vanishing.name);
    await screens.searchPayers(page, 'cuk', file.lookedAt.name);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await page.getByRole('status').filter({ hasText: '5 plačnikov' }).first().waitFor();

    await screens.press(page, button(page, 'Filtri'));
    await screens.chooseBuilding(page, file.buildings.first);
    await page.getByLabel('Uporabniški račun').selectOption({ label: 'brez računa' });
    await page.keyboard.press('Escape');
    await page.getByRole('status').filter({ hasText: '2 od 5' }).first().waitFor();

    await screens.press(page, button(page, 'Stolpci'));
    const column = page.getByRole('checkbox', { name: 'Zadnje obdobje' });
    await screens.tabTo(page, column);
    await page.keyboard.press('Space');
    await page.getByRole('columnheader', { name: 'Zadnje obdobje' }).waitFor();
    await page.keyboard.press('Escape');

    await office.saveTo(path('placniki.csv'));
    await screens.press(page, button(page, 'Izvozi CSV'));
    await said(page, /^Seznam je shranjen: /);
    const lines = (await readFile(path('placniki.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffsifra_placnika;placnik;naslov;/);
    expect(lines.slice(1).map((line) => line.split(';').slice(0, 2))).toEqual([
      [neighbour.code, neighbour.name],
      [file.formula.code, `'${file.formula.name}`],
    ]);
  });

  it('finds payers, pages and keys from anywhere', async () => {
    const { page } = office;
    await page.keyboard.press('Escape');
    await screens.command(page, 'prosnje', 'Prošnje za eRačun');
    await page.getByRole('heading', { level: 1, name: 'Prošnje za eRačun' }).waitFor();
    await screens.command(page, 'cuk', file.lookedAt.name);
    await page.getByRole('heading', { level: 1, name: file.lookedAt.name }).waitFor();
    await page.keyboard.press('?');
    await screens.dialog(page).getByRole('heading', { name: 'Bližnjice na tipkovnici' }).waitFor();
    await page.keyboard.press('Escape');
    await screens.dialog(page).waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { level: 1, name: 'Plačniki' }).waitFor();
    await screens.press(page, button(page, 'Počisti filtre'));
    await page.getByRole('status').filter({ hasText: '5 plačnikov' }).first().waitFor();
    await button(page, 'Razveljavi').click();
    await page.getByRole('status').filter({ hasText: '2 od 5' }).first().waitFor();
  });

  it('corrects a payer, and says that it did', async () => {
    const { page } = office;
    await screens.searchPayers(page, 'duric', neighbour.name);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: neighbour.name }).waitFor();
    await screens.press(page, button(page, 'Popravi podatke'));
    await screens.tabTo(page, page.getByLabel('Ulica in številka'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Žabjak 7');
    await page.keyboard.press('Enter');
    await said(page, 'Podatki plačnika so shranjeni.');
    await said(page, 'Žabjak 7');
    await page.getByRole('heading', { name: 'Kaj se je zgodilo' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: /Podatki plačnika so bili popravljeni\..*Maja Kos/ }).waitFor(); // prettier-ignore
  });

  it('shows what the next month would change, and forgets it when nobody wants it', async () => {
    const { page } = office;
    await screens.chooseFile(page, path('november.csv'));
    await page.getByRole('heading', { name: 'Kaj se bo spremenilo' }).waitFor();
    const text = plain(await page.getByRole('main').innerText());
    for (const words of [
      ...['Dodanih bo 5 razdelilnikov.', 'Dodan bo 1 plačnik.', 'Podatki se bodo spremenili 1 plačniku.'],
      ...['1 plačnik nima več razdelilnika.', 'Nekateri zneski močno odstopajo od prejšnjega meseca.'],
    ]) {
      expect(text).toContain(words);
    }
    expect(await screens.rowsOf(page, 'Plačniki')).toEqual([expect.stringContaining(file.vanishing.name)]);
    await screens.tabTo(page, page.getByRole('radio', { name: /^Brez razdelilnika/ }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('cell', { name: /naslov: Žabjak 7 → Šišenska cesta 5/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('rowheader', { name: file.newcomer.name }).waitFor();
    const outliers = (await screens.rowsOf(page, 'Razdelilniki')).map(plain);
    expect(outliers).toEqual([expect.stringMatching(/26110005 odstopa .*Cvetka Čuk .*120,00 € 8,42 €/)]);
    await screens.press(page, button(page, 'Zavrzi'));
    await screens.pressInDialog(page, 'Zavrzi datoteko');
    await said(page, 'Datoteka je zavržena. Spremenilo se ni nič.');
  });

  it('shows on the overview who is registered', async () => {
    const { page } = office;
    await screens.goTo(page, 'Pregled pisarne');
    await said(page, /20\s% 1 od 5 plačnikov/);
    await said(page, /20\s% 1 od 5 razdelilnikov/);
    expect(await screens.rowsOf(page, 'Kje je največ neregistriranih')).toContainEqual(
      expect.stringMatching(/^Šišenska cesta 5 1 3 33\s%$/),
    );
    await said(page, 'Nič. Vse je opravljeno.');
  });

  it('has written down who did what', async () => {
    const { page } = office;
    await screens.goToSettings(page, 'Dnevnik');
    const deeds = (await screens.rowsOf(page, 'Dogodki, najnovejši najprej')).join('\n');
    for (const deed of [
      ...['Naložena je bila datoteka z obračunom.', 'Uvoz je bil potrjen.', 'Uvoz je bil zavržen.'],
      ...[
        'Obračun je bil objavljen.',
        'Pisarna je pogledala razdelilnik, kot ga vidi stanovalec.',
        'Plačnik se je registriral.',
      ],
      ...['Izdana so bila gesla z razdelilnika.', 'Podatki plačnika so bili popravljeni.'],
      ...['Seznam plačnikov je bil izvožen v datoteko.'],
    ]) {
      expect(deeds).toContain(deed);
    }
  });

  it('takes a file from another program, which may do no more than that', async () => {
    const { page } = office;
    await screens.goToSettings(page, 'Ključi za programe');
    await screens.press(page, button(page, 'Nov ključ'));
    await screens.tabTo(page, page.getByLabel('Ime ključa'));
    await page.keyboard.type('Računovodski program');
    expect(await page.getByLabel(/^Pošilja datoteke z obračunom/).isChecked()).toBe(true);
    expect(await page.getByLabel(/^Bere plačnike/).isChecked()).toBe(false);
    await screens.tabTo(page, page.getByLabel('Vaše geslo'));
    await page.keyboard.type(adminPassword);
    await page.keyboard.press('Enter');
    const key = await screens.dialog(page).getByText(/^iip_[\w-]{43}$/).innerText(); // prettier-ignore
    await screens.tabTo(page, page.getByLabel('Ključ je shranjen na varnem mestu.'));
    await page.keyboard.press('Space');
    await screens.press(page, screens.dialog(page).getByRole('button', { name: 'Zapri' }).last());

    const push = async (name: string) => {
      const address = `${portal.address}/api/v1/office/${name}`;
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' };
      const answer = await fetch(address, { method: 'POST', headers, body: file.pushedFile });
      return { status: answer.status, body: (await answer.json()) as { id?: string; code?: string } };
    };
    const { status, body } = await push('imports?fileName=racunovodstvo.csv');
    expect(status).toBe(202);
    await screens.goTo(page, 'Uvozi');
    const row = page.getByRole('row', { name: /racunovodstvo\.csv/ });
    expect(await row.innerText()).toContain('Računovodski program');
    await screens.openImport(page, 'racunovodstvo.csv');
    await button(page, 'Pripravi osnutek').waitFor();
    expect(await push(`imports/${body.id}/confirmation`)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});
