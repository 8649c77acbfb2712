import { unzipSync } from 'fflate';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../contract/deep-link.ts';
import { parseUpnStrictly } from '../../server/payments/upn-qr.ts';
import { pngOf } from '../helpers/pictures.ts';
import { pdfPages } from '../helpers/read-pdf.ts';
import { createApp, type App } from './app.ts';
import * as screens from './document-screens.ts';
import { amounts, dueOnForm, fileOf, notes, numberOf, payers, postalOrder } from './documents-file.ts';
import { hasColour, printedSlips, readLetter, slipPasswordOn, upnFields } from './documents.ts';
import { mailedFiles, readMail } from './mails.ts';
import { createPortal, type Portal } from './portal.ts';
import { choosePortal, importFile, issueLetters, publish, register, signIn } from './screens.ts';
import { neighbour, resident } from './story-file.ts';

const manager = {
  ...{ name: 'Upravnik Vzorec d.o.o.', street: 'Vzorčna ulica 1', town: '1000 Ljubljana' },
  iban: 'SI56990000012345646',
};
const admin = 'admin@vzorec.example';
const logoColour = [200, 0, 120] as const;
const firstSlip = 'razdelilnik-2026-10-26100001.pdf';
const nextSlip = 'razdelilnik-2026-11-26110001.pdf';
const yearFile = 'razdelilniki-2026.zip';
const boxTitle = 'Vaš razdelilnik tudi na računalniku';

/** What the resident's two QR codes must say; the first reference is by the manager's template. */
const paymentsOf = (month: '10' | '11', reference: string) => [
  upnFields(resident, manager, {
    ...{ cents: amounts.manager, purposeCode: 'COST', purpose: `Razdelilnik ${month}/2026`, dueDate: dueOnForm },
    ...{ iban: manager.iban, reference },
  }),
  upnFields(resident, manager, {
    ...{ cents: amounts.fund, purposeCode: 'BLDM', purpose: `Rezervni sklad ${month}/2026`, dueDate: dueOnForm },
    ...{ iban: 'SI56990000011111127', reference: `SI00104217-2026${month}` },
  }),
];

const readPayments = (payments: readonly string[]) =>
  payments.map((payload) => {
    const parsed = parseUpnStrictly(payload);
    return parsed.ok ? parsed.fields : parsed.faults;
  });

/** From the draft to the paper, and from the paper to the PDF on the resident's own computer. */
describe.each(['sqlite', 'mariadb'] as const)('the slip as a document on %s', (kind) => {
  let portal: Portal;
  let managerId: string;
  let adminPassword: string;
  /** The computers of the office, of the resident and of the neighbour. */
  let office: App;
  let home: App;
  let nextDoor: App;
  let folder: string;
  let failed: string | null = null;
  /** What the resident's paper says. */
  const paper = { link: '', slipPassword: '' };
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-documents-'));
    [office, home, nextDoor] = await Promise.all([createApp(), createApp(), createApp()]);
    portal = await createPortal(kind, { PASSWORD_COST: '10', HUMAN_CHECK_WORK: '30' });
    await portal.operate('migrate');
    await portal.start();
    const place = ['--street', manager.street, '--town', manager.town, '--iban', manager.iban];
    managerId = (await portal.operate('manager', 'create', '--name', manager.name, ...place)).trim();
    const who = ['--email', admin, '--role', 'admin', '--first-name', 'Maja', '--last-name', 'Kos'];
    adminPassword = (await portal.operate('staff', 'create', '--manager', managerId, ...who)).trim();
    await writeFile(file('oktober.csv'), fileOf('10'));
    await writeFile(file('november.csv'), fileOf('11'));
    await writeFile(
      file('logotip.png'),
      pngOf(120, 80, () => [...logoColour, 255]),
    );
    await choosePortal(await office.open(), portal.address);
    await signIn(office.page, admin, adminPassword);
  });

  // Each step stands on the one before.
  beforeEach(({ task, skip }) => skip(failed !== null && failed !== task.id, 'an earlier step failed'));

  afterEach(async ({ task }) => {
    // Tried once more, the step fails again or the next one follows: skipped, it would count as good.
    if (failed === task.id) failed = null;
    if (task.result?.state !== 'fail') return;
    failed = task.id;
    for (const [name, app] of Object.entries({ office, home, nextDoor })) {
      const picture = join(tmpdir(), `iiportal-documents-${kind}-${name}.png`);
      await app.picture(picture);
      process.stdout.write(`What the window of ${name} showed is in ${picture}\n`);
    }
  });

  afterAll(async () => {
    await Promise.all([office.remove(), home.remove(), nextDoor.remove()]);
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('gets logo, note and the pattern of references by an admin, and is published', async () => {
    const { page } = office;
    await importFile(page, file('oktober.csv'), 'Stanovalci osnutka še ne vidijo.');
    await screens.setSlipsUp(page, {
      ...{ logo: file('logotip.png'), template: 'SI05 {payer}-{period}', note: notes.standing },
      preview: /SI05 10(\d){5}-202610/,
    });
    await screens.openImport(page, 'oktober.csv');
    await publish(page);
  });

  it('goes by e-mail to the payer of that channel, and to nobody else', async () => {
    await readMail(portal, neighbour.email, /^Razdelilnik, oktober 2026: Upravnik Vzorec/);
    const files = await mailedFiles(portal);
    expect(files.map(({ to, name }) => ({ to, name }))).toEqual([
      { to: [neighbour.email], name: 'razdelilnik-2026-10-26100002.pdf' },
    ]);
  });

  it('lets a payer register with a letter', async () => {
    await office.saveTo(file('pisma.pdf'));
    await issueLetters(office.page);
    const { payerCode, slipPassword } = readLetter(await readFile(file('pisma.pdf')), neighbour.name);
    await choosePortal(await nextDoor.open(), portal.address);
    await nextDoor.page.getByRole('button', { name: 'REGISTRACIJA' }).click();
    await register(nextDoor.page, neighbour, slipPassword, payerCode);
  });

  it('is printed in postal order, with a slip password for who has no account', async () => {
    await office.saveTo(file('tisk.pdf'));
    const question = await screens.printWithPasswords(office.page, 'oktober 2026');
    expect(question).toContain('(3 razdelilniki)');
    const pdf = await readFile(file('tisk.pdf'));
    const slips = await printedSlips(pdf);
    expect(slips.map(({ number }) => number)).toEqual(postalOrder.map((number) => numberOf('10', { number })));

    for (const { number, pages, pageNumbers, payments, links } of slips) {
      const payer = payers.find((one) => numberOf('10', one) === number)!;
      const whole = pages.join('\n');
      expect(pages[0], number).toContain(payer.name);
      expect(whole).toContain(notes.standing);
      expect(hasColour(pdf, pageNumbers[0]!, logoColour), `logo on ${number}`).toBe(true);
      expect(readPayments(payments).map((fields) => 'payerName' in fields && fields.payerName)).toEqual(
        payer.code === resident.code ? [payer.name, payer.name] : [payer.name],
      );
      const hasAccount = payer.code === neighbour.code;
      expect(whole.includes(boxTitle), `box on ${number}`).toBe(!hasAccount);
      expect(slipPasswordOn(whole) === undefined, `slip password on ${number}`).toBe(hasAccount);
      expect(links.map(parseDeepLink)).toEqual(
        hasAccount ? [] : [{ portal: portal.address, manager: managerId, code: payer.code }],
      );
    }

    const own = slips.find(({ number }) => number === numberOf('10', payers[0]))!;
    // Imported before the pattern was changed.
    expect(readPayments(own.payments)).toEqual(paymentsOf('10', 'SI121042172026105'));
    const words = own.pages.join('\n');
    for (const said of [notes.own, 'Razdelilnik 9/2026', '45,10', '149,50', '22,00']) expect(words).toContain(said);
    paper.link = own.links[0]!;
    paper.slipPassword = slipPasswordOn(words)!;
  });

  it('opens the registration by the code on the paper', async () => {
    const page = await home.open(paper.link);
    await page.getByText('Naslov smo izpolnili iz povezave').waitFor();
    expect(await page.getByLabel('Naslov portala').inputValue()).toBe(portal.address);
    await page.getByRole('button', { name: 'Nadaljuj' }).click();
    await page.getByText('Upravnika in šifro plačnika smo izpolnili iz povezave').waitFor();
    expect(await page.getByRole('textbox', { name: 'Upravnik' }).inputValue()).toBe(manager.name);
    expect(await page.getByLabel('Šifra plačnika').inputValue()).toBe(resident.code);
    await register(page, resident, paper.slipPassword);
  });

  it('says on the screen what is on the paper, and invites who has no channel', async () => {
    const { page } = home;
    await screens.openNewestSlip(page);
    await page.getByRole('heading', { name: 'Obvestila upravnika' }).waitFor();
    const text = (await page.getByRole('main').innerText()).replaceAll('\u00a0', ' ');
    for (const said of [notes.standing, notes.own, '22,00 €', 'Želite kodo QR in PDF?']) expect(text).toContain(said);
    const openItems = page.getByRole('region', { name: 'Odprte postavke iz prejšnjih obdobij' });
    expect(await openItems.innerText()).toMatch(/Razdelilnik 9\/2026\s+31\. 10\. 2026\s+45,10/);
    const funds = page.getByRole('region', { name: /^Rezervni sklad/ });
    expect(await funds.innerText()).toMatch(/1\.000,00\s€\s+250,50\s€\s+1\.400,00\s€\s+[-−]149,50\s€/);
    expect(await page.getByRole('button', { name: 'Shrani PDF' }).count()).toBe(0);
    expect(await page.getByRole('img', { name: /Koda UPN QR/ }).count()).toBe(0);
  });

  it('is ordered as an e-invoice, which the office confirms', async () => {
    expect(await screens.orderByEmail(home.page)).toBe(resident.email);
    await screens.confirmEInvoice(office.page, resident.name);
  });

  it('is then there as a PDF, as it was printed but for the slip password', async () => {
    const { page } = home;
    await screens.openNewestSlip(page);
    await page.getByRole('button', { name: 'Pokaži PDF' }).click();
    await page.locator('iframe[title^="PDF razdelilnika"]').waitFor();
    await home.saveTo(file(firstSlip));
    await screens.savePdf(page, firstSlip);
    const pdf = await readFile(file(firstSlip));
    const [slip, ...more] = await printedSlips(pdf);
    expect(more).toEqual([]);
    expect(slip).toMatchObject({ number: numberOf('10', payers[0]), links: [] });
    expect(readPayments(slip!.payments)).toEqual(paymentsOf('10', 'SI121042172026105'));
    expect(slip!.pages.join('\n')).not.toContain(boxTitle);
    expect(slipPasswordOn(slip!.pages.join('\n'))).toBeUndefined();
    expect(hasColour(pdf, 1, logoColour)).toBe(true);
  });

  it('comes by e-mail with the next publication', async () => {
    await importFile(office.page, file('november.csv'), 'Stanovalci osnutka še ne vidijo.');
    await publish(office.page);
    const text = await readMail(portal, resident.email, /^Razdelilnik, november 2026: Upravnik Vzorec/);
    for (const said of [resident.name, resident.code, 'november 2026', '26110001', '22,00', '31. 12. 2099']) {
      expect(text.replaceAll('\u00a0', ' ')).toContain(said);
    }
    const [mailed, ...more] = (await mailedFiles(portal)).filter(({ to }) => to.includes(resident.email));
    expect(more).toEqual([]);
    expect(mailed).toMatchObject({ to: [resident.email], name: nextSlip });
    const [slip] = await printedSlips(mailed!.bytes);
    expect(slip?.number).toBe(numberOf('11', payers[0]));
    // The pattern of references that the admin has set since.
    expect(readPayments(slip!.payments)).toEqual(paymentsOf('11', 'SI051042173-202611'));
  });

  it('is saved with the others of its year in one file', async () => {
    await home.saveTo(file(yearFile));
    await screens.saveYear(home.page, '2026', yearFile);
    const files = unzipSync(await readFile(file(yearFile)));
    expect(Object.keys(files).sort()).toEqual([firstSlip, nextSlip]);
    const pages = (name: string) => pdfPages(Buffer.from(files[name]!));
    expect(pages(firstSlip)).toEqual(pdfPages(await readFile(file(firstSlip))));
    const mailed = (await mailedFiles(portal)).find(({ name }) => name === nextSlip);
    expect(pages(nextSlip)).toEqual(pdfPages(mailed!.bytes));
  });

  it('is opened by nobody else, and was sent to nobody else', async () => {
    const ids = (app: App) =>
      app.page.evaluate(async () => {
        const { items } = (await (await fetch('/api/v1/slips')).json()) as { items: { id: string }[] };
        return items.map(({ id }) => id);
      });
    const statuses = (app: App, slipIds: readonly string[]) =>
      app.page.evaluate(
        (all) =>
          Promise.all(
            all.flatMap((id) => [`${id}/pdf`, id]).map(async (path) => (await fetch(`/api/v1/slips/${path}`)).status),
          ),
        slipIds,
      );
    const others = await ids(home);
    expect(others).toHaveLength(2);
    expect(await statuses(home, others), 'the own slips').toEqual([200, 200, 200, 200]);
    expect(await statuses(nextDoor, others), 'those of another').toEqual([404, 404, 404, 404]);
    expect(await statuses(nextDoor, await ids(nextDoor)), 'the own of the other').toEqual([200, 200, 200, 200]);

    const sent = (await mailedFiles(portal)).map(({ to, name }) => `${name} ${to.join()}`);
    expect(sent.sort()).toEqual(
      [
        `razdelilnik-2026-10-26100002.pdf ${neighbour.email}`,
        `${nextSlip} ${resident.email}`,
        `razdelilnik-2026-11-26110002.pdf ${neighbour.email}`,
      ].sort(),
    );
  });
});
