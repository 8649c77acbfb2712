import { unzipSync } from 'fflate';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billingFile } from '../helpers/billing-file.ts';
import { codeOfApp } from '../helpers/second-factors.ts';
import * as access from './access-screens.ts';
import { createApp, type App } from './app.ts';
import { pictureSymbols } from './documents.ts';
import { readOwnKeyring } from './keyring.ts';
import { readCode, readMail } from './mails.ts';
import { openOffice } from './office.ts';
import { createPortal, type Portal } from './portal.ts';
import { everythingInReach } from './reach.ts';
import { choosePortal, menu, register, signIn, signOut, trySignIn } from './screens.ts';
import { goodFile, resident } from './story-file.ts';
import { Secrets } from './traces.ts';

const managers = {
  first: { name: 'Upravnik Vzorec d.o.o.', email: 'pisarna@vzorec.example' },
  other: { name: 'Dom in dvor d.o.o.', email: 'pisarna@dvor.example' },
};
/** The same person's premises at the other manager. */
const premises = { code: '55', name: 'Žiga Čehovin Šmarčan, garaža' };
const otherFile = billingFile([{ sifra_placnika: premises.code, placnik: premises.name, racun: '26109001' }]);
const { email } = resident;
const newPassword = 'Pod-lipo-8-dežuje';
const admin = 'admin@vzorec.example';
const clerk = { firstName: 'Neža', lastName: 'Žnidar', email: 'neza@vzorec.example', password: 'Modra-7-čaplja' };
const halfMinuteMs = 30_000;

/** Every way in and out, on the computers of a resident and an office. */
describe.each(['sqlite', 'mariadb'] as const)('access on %s', (kind) => {
  let portal: Portal;
  let computer: App;
  let laptop: App;
  let folder: string;
  let failed: string | null = null;
  let adminPassword: string;
  let slipPassword: string;
  let otherSlipPassword: string;
  const secrets = new Secrets();
  const file = (name: string) => join(folder, name);

  /** Slips at two managers, slip passwords for who has no account, and an admin who has never signed in. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-access-'));
    computer = await createApp();
    laptop = await createApp();
    const quick = { PASSWORD_COST: '10', HUMAN_CHECK_WORK: '30' };
    portal = await createPortal(kind, { ...quick, SECOND_FACTOR: 'admins', LOG_LEVEL: 'debug' });
    await portal.operate('migrate');
    const place = ['--street', 'Vzorčna ulica 1', '--town', '1000 Ljubljana', '--iban', 'SI56990000012345646'];
    const createManager = async ({ name, email }: (typeof managers)['first'], ...more: string[]) =>
      (await portal.operate('manager', 'create', '--name', name, '--email', email, ...place, ...more)).trim();
    const first = await createManager(managers.first, '--host', '127.0.0.1');
    const other = await createManager(managers.other);
    const createAdmin = async (email: string, manager: string) => {
      const who = ['--email', email, '--role', 'admin', '--first-name', 'Maja', '--last-name', 'Kos'];
      return (await portal.operate('staff', 'create', '--manager', manager, ...who)).trim();
    };
    adminPassword = secrets.keep('the admin’s password', await createAdmin(admin, first));
    const operator = 'operator@portal.example';
    const operatorPassword = await createAdmin(operator, first);
    await createAdmin(operator, other);
    await portal.start();
    const office = await openOffice(portal, operator, operatorPassword);
    await office.publish(first, goodFile);
    await office.publish(other, otherFile);
    slipPassword = secrets.keep('slip password', (await office.issue(first))[resident.code] ?? '');
    otherSlipPassword = secrets.keep('other slip password', (await office.issue(other))[premises.code] ?? '');
    for (const password of [resident.password, newPassword, clerk.password]) secrets.keep('own password', password);
    await choosePortal(await computer.open(), portal.address);
  });

  // Each step stands on the one before.
  beforeEach(({ task, skip }) => skip(failed !== null && failed !== task.id, 'an earlier step failed'));

  afterEach(async ({ task }) => {
    // Tried once more, the step fails again or the next one follows: skipped, it would count as good.
    if (failed === task.id) failed = null;
    if (task.result?.state !== 'fail') return;
    failed = task.id;
    for (const [name, app] of Object.entries({ computer, laptop })) {
      const picture = join(tmpdir(), `iiportal-access-${kind}-${name}.png`);
      await app.picture(picture);
      process.stdout.write(`What the window of the ${name} showed is in ${picture}\n`);
    }
  });

  afterAll(async () => {
    await computer.remove();
    await laptop.remove();
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const readToken = async (app: App) => {
    const { token } = await readOwnKeyring(portal.address, app);
    return secrets.keep('token', token ?? 'there is none');
  };

  async function mailedCode(to: string, subject: RegExp): Promise<string> {
    return secrets.keep(`code (${subject.source})`, await readCode(portal, to, subject));
  }

  async function savePdf(app: App, name: string): Promise<Buffer> {
    await app.saveTo(file(name));
    await menu(app.page, 'Pregled').click();
    await app.page.getByRole('link', { name: 'Odpri razdelilnik' }).first().click();
    await app.page.getByRole('button', { name: 'Shrani PDF' }).click();
    await app.page.getByText(`Shranjeno: ${name}`).first().waitFor();
    return readFile(file(name));
  }

  const slipsInReach = (page: Page) => page.evaluate(async () => (await fetch('/api/v1/slips')).status);

  it('asks who has registered for the code from the mail', async () => {
    const { page } = computer;
    await page.getByRole('button', { name: 'REGISTRACIJA' }).click();
    await register(page, resident, slipPassword, resident.code);
    await access.confirmationBanner(page).waitFor();
    await access.confirmEmail(page, email, await mailedCode(email, /^Dobrodošli/));
    expect(await access.confirmationBanner(page).count()).toBe(0);
    await savePdf(computer, 'razdelilnik.pdf');
    await readToken(computer);
  });

  it('moves the session to another computer, once the person has agreed', async () => {
    await choosePortal(await laptop.open(), portal.address);
    const question = await access.takeOver(laptop.page, email, resident.password);
    expect(question).toMatch(new RegExp(`na napravi Linux, ${hostname()} \\(od \\d+\\. \\d+\\. \\d{4}`));
    await readToken(laptop);
  });

  it('tells the computer why it is signed out, and locks its slips', async () => {
    await computer.focus();
    expect(await access.whySignedOut(computer.page)).toContain(
      `Tukaj smo vas odjavili, ker ste se prijavili na napravi Linux, ${hostname()}`,
    );
    expect((await readOwnKeyring(portal.address, computer)).names).toEqual(['offline key']);
    expect(await slipsInReach(computer.page)).toBe(401);
    await computer.close();
    await portal.stop();
    await access.whySignedOut(await computer.open());
    expect(await slipsInReach(computer.page)).toBe(401);
    expect(await computer.page.getByRole('navigation').count()).toBe(0);
  });

  it('unlocks them for the same person: they are there offline', async () => {
    await portal.start();
    await access.takeOver(computer.page, email, resident.password);
    await readToken(computer);
    await portal.stop();
    // The PDF was not asked for since.
    const pdf = await savePdf(computer, 'brez-povezave.pdf');
    expect(pdf.equals(await readFile(file('razdelilnik.pdf')))).toBe(true);
    await portal.start();
  });

  it('sets a new password with the code from the mail, which ends the session', async () => {
    const { page } = laptop;
    await laptop.focus();
    await access.whySignedOut(page);
    await access.askForNewPassword(page, email);
    await access.setNewPassword(page, await mailedCode(email, /^Koda za novo geslo/), newPassword);
    await computer.focus();
    await access.whySignedOut(computer.page);
    await trySignIn(page, email, resident.password);
    await page.getByText('E-naslov in geslo se ne ujemata.').waitFor();
    await signIn(page, email, newPassword);
    await readToken(laptop);
  });

  it('takes on premises at another manager, and lets go of them for the password only', async () => {
    const { page } = laptop;
    await access.addPremises(page, managers.other.name, premises.code, otherSlipPassword);
    await menu(page, 'Razdelilniki').click();
    const slips = page.getByRole('main').getByRole('link', { name: /Razdelilnik za|10\/2026|oktober/i });
    await access.payerChoice(page).getByRole('button', { name: 'Vsi skupaj' }).click();
    await expect.poll(() => slips.count()).toBe(2);
    await access.payerChoice(page).getByRole('button', { name: managers.other.name }).click();
    await expect.poll(() => slips.count()).toBe(1);

    await menu(page, 'Profil').click();
    await page.getByRole('button', { name: `Odstrani: ${premises.name}, šifra plačnika ${premises.code}` }).click();
    await access.agree(page, 'Odstrani', resident.password);
    await page.getByText('Geslo ni pravo.').waitFor();
    await access.agree(page, 'Odstrani', newPassword);
    await page.getByText('Plačnik je odstranjen.').first().waitFor();
    await menu(page, 'Razdelilniki').click();
    await expect.poll(() => slips.count()).toBe(1);
    expect(await access.payerChoice(page).count()).toBe(0);
    await readMail(portal, managers.other.email, new RegExp(`^Plačnik ${premises.code} `));
  });

  it('saves all that is kept of the person', async () => {
    await laptop.saveTo(file('moji-podatki.zip'));
    await access.saveOwnData(laptop.page);
    const found = unzipSync(await readFile(file('moji-podatki.zip')));
    const person = Buffer.from(found['moji-podatki.json'] ?? []).toString('utf8');
    expect(person).toContain(email);
    expect(secrets.in(person)).toEqual([]);
    const pdf = Object.keys(found).find((name) => name.endsWith('.pdf'));
    expect(
      Buffer.from(found[pdf ?? ''] ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('opens the office to an admin with a second factor', async () => {
    const { page } = computer;
    await signIn(page, admin, adminPassword);
    await access.startSecondFactor(page, adminPassword);
    const qr = page.getByRole('img', { name: 'Koda QR za aplikacijo za prijavo' });
    await qr.waitFor();
    const [symbol] = await pictureSymbols(await qr.screenshot());
    const secret = secrets.keep('secret', new URL(symbol?.text ?? '').searchParams.get('secret') ?? '');
    const shown = await page.getByText(secret.replace(/(.{4})(?=.)/g, '$1 '), { exact: true }).count();
    expect(shown, 'the secret for typing in').toBe(1);
    const recoveryCodes = await access.turnSecondFactorOn(page, codeOfApp(secret));
    for (const code of recoveryCodes) secrets.keep('recovery code', code);
    await page.getByRole('heading', { name: 'Pregled pisarne', exact: true }).waitFor();
    await signOut(page);
    // A code counts once; the next one counts already, as it must for a clock that is a little fast.
    const next = codeOfApp(secret, new Date(Date.now() + halfMinuteMs));
    await access.signInWithSecondFactor(page, admin, adminPassword, next);
    await signOut(page);
    await access.signInWithSecondFactor(page, admin, adminPassword, recoveryCodes[0] ?? '');
    await readToken(computer);
  });

  it('takes a clerk in who was invited', async () => {
    const { page } = computer;
    await access.inviteClerk(page, clerk.email);
    expect(secrets.in(await everythingInReach(page)), 'in reach of the admin').toEqual([]);
    await signOut(page);
    await access.acceptInvitation(page, clerk, await mailedCode(clerk.email, /^Vabilo v iiPortal/));
    await menu(page, 'Plačniki').waitFor();
    expect(await menu(page, 'Nastavitve').count()).toBe(0);
    await readToken(computer);
    expect(secrets.in(await everythingInReach(page)), 'in reach of the clerk').toEqual([]);
  });

  it('forgets who has their account deleted', async () => {
    const { page } = laptop;
    expect(secrets.in(await everythingInReach(page)), 'in reach of the resident').toEqual([]);
    expect(await readdir(join(laptop.profile, 'offline'))).not.toEqual([]);
    await access.deleteAccount(page, newPassword);
    expect((await readOwnKeyring(portal.address, laptop)).names).toEqual([]);
    await expect(readdir(join(laptop.profile, 'offline'))).rejects.toThrow('ENOENT');
    expect(secrets.in(await everythingInReach(page)), 'in reach of a guest').toEqual([]);
    await trySignIn(page, email, newPassword);
    await page.getByText('E-naslov in geslo se ne ujemata.').waitFor();
  });

  it('leaves no secret behind', async () => {
    await computer.close();
    await laptop.close();
    await portal.stop();
    expect(await secrets.inFiles(computer.profile)).toEqual([]);
    expect(await secrets.inFiles(laptop.profile)).toEqual([]);
    const log = await portal.log();
    expect(log).toContain('/api/v1/session');
    expect(secrets.in(log)).toEqual([]);
    expect(await secrets.inFiles(portal.mails), 'the search finds what is there').not.toEqual([]);
  });
});
