import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseUpnStrictly } from '../../server/payments/upn-qr.ts';
import { pdfPages } from '../helpers/read-pdf.ts';
import { createApp, type App } from './app.ts';
import { pdfSymbols, pictureSymbols, readLetter, upnFields as upnFieldsOf } from './documents.ts';
import { readKeyring, readToken } from './keyring.ts';
import { createPortal, type Portal } from './portal.ts';
import { everythingInReach } from './reach.ts';
import { choosePortal, importFile, issueLetters, publish, register, signIn, signOut } from './screens.ts';
import { filesWith } from './traces.ts';
import { amounts, faultyFile, goodFile, neighbour, resident } from './story-file.ts';

const manager = {
  name: 'Upravnik Vzorec d.o.o.',
  street: 'Vzorčna ulica 1',
  town: '1000 Ljubljana',
  iban: 'SI56990000012345646',
};
const staff = { clerk: 'pisarna@vzorec.example', admin: 'admin@vzorec.example' };
const qr = { version: '15', level: 'M', eci: '000004', segments: ['byte'] };

/** What the QR codes must say, field by field, by the billing file. */
const upnFields = (purposeCode: string, cents: number, purpose: string, iban: string, reference: string) =>
  upnFieldsOf(resident, manager, { purposeCode, cents, purpose, dueDate: '30.11.2026', iban, reference });

describe.each(['sqlite', 'mariadb'] as const)('the main job on %s', (kind) => {
  let portal: Portal;
  let app: App;
  let folder: string;
  let failed: string | null = null;
  const passwords: Record<string, string> = {};
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiportal-story-'));
    portal = await createPortal(kind);
    await portal.operate('migrate');
    await portal.start();
    const place = ['--street', manager.street, '--town', manager.town, '--iban', manager.iban];
    const contact = ['--email', 'pisarna@vzorec.example', '--phone', '01 234 56 78'];
    const id = (await portal.operate('manager', 'create', '--name', manager.name, ...place, ...contact)).trim();
    for (const [role, email] of Object.entries(staff)) {
      const who = ['--email', email, '--role', role, '--manager', id, '--first-name', 'Maja', '--last-name', 'Kos'];
      passwords[role] = (await portal.operate('staff', 'create', ...who)).trim();
    }
    app = await createApp();
    await app.open();
  });

  // Each step stands on the one before.
  beforeEach(({ task, skip }) => skip(failed !== null && failed !== task.id, 'an earlier step failed'));

  afterEach(async ({ task }) => {
    // Tried once more, the step fails again or the next one follows: skipped, it would count as good.
    if (failed === task.id) failed = null;
    if (task.result?.state !== 'fail') return;
    failed = task.id;
    const picture = join(tmpdir(), `iiportal-${kind}-${task.name.replace(/\W+/g, '-')}.png`);
    await app.picture(picture);
    process.stdout.write(`What the window showed is in ${picture}\n`);
  });

  afterAll(async () => {
    await app.remove();
    await portal.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is told where the portal is at the first start', async () => {
    await choosePortal(app.page, portal.address);
  });

  it('has its billing file imported by a clerk: faults are shown, then it is published', async () => {
    await writeFile(file('napake.csv'), faultyFile);
    await writeFile(file('razdelilniki.csv'), goodFile);
    await signIn(app.page, staff.clerk, passwords['clerk'] ?? '');
    await importFile(app.page, file('napake.csv'), '2 napaki v datoteki');
    expect(await app.page.getByRole('row', { name: /3.*rok_placila.*31\. 11\. 2026/ }).count()).toBe(1);
    expect(await app.page.getByRole('row', { name: /6.*placnik/ }).count()).toBe(1);
    await importFile(app.page, file('razdelilniki.csv'), 'Stanovalci osnutka še ne vidijo.');
    await publish(app.page);
    await signOut(app.page);
  });

  it('has slip passwords issued by an admin, as letters', async () => {
    await signIn(app.page, staff.admin, passwords['admin'] ?? '');
    await app.saveTo(file('pisma.pdf'));
    await issueLetters(app.page);
    await signOut(app.page);
    expect(pdfPages(await readFile(file('pisma.pdf')))).toHaveLength(2);
  });

  it('leads who types the payer code into EMAIL to the registration, and lets them register', async () => {
    const { payerCode, slipPassword } = readLetter(await readFile(file('pisma.pdf')), resident.name);
    expect(payerCode).toBe(resident.code);
    await app.page.getByLabel('EMAIL').fill(payerCode);
    await app.page.getByLabel('GESLO', { exact: true }).focus();
    await app.page.getByText('To ni e-naslov').waitFor();
    await app.page.getByRole('button', { name: `Na REGISTRACIJO s šifro ${payerCode}` }).click();
    expect(await app.page.getByLabel('Šifra plačnika').inputValue()).toBe(payerCode);
    await register(app.page, resident, slipPassword);
  });

  it('shows what to pay, by when, to whom, with a QR that pays', async () => {
    await app.page
      .getByRole('img', { name: /Koda UPN QR/ })
      .first()
      .waitFor();
    const text = await app.page.getByRole('main').innerText();
    expect(text).toContain('48,78\u00a0€');
    expect(text).toContain('30. 11. 2026');
    expect(text).toContain(manager.name);
    expect(text).toContain('SI56 9900 0001 2345 646');
    const symbols = [];
    for (const symbol of await app.page.getByRole('img', { name: /Koda UPN QR/ }).all()) {
      symbols.push(...(await pictureSymbols(await symbol.screenshot())));
    }
    expect(symbols.map(({ text, ...symbol }) => ({ ...symbol, isRight: parseUpnStrictly(text).ok }))).toEqual([
      { ...qr, isRight: true },
      { ...qr, isRight: true },
    ]);
  });

  it('opens the PDF in the window, and saves it with QR codes that are payable', async () => {
    await app.page.getByRole('link', { name: 'Odpri razdelilnik' }).first().click();
    await app.page.getByRole('button', { name: 'Pokaži PDF' }).click();
    await app.page.locator('iframe[title^="PDF razdelilnika"]').waitFor();
    await app.saveTo(file('razdelilnik.pdf'));
    await app.page.getByRole('button', { name: 'Shrani PDF' }).click();
    await app.page.getByText(/^Shranjeno: /).waitFor();

    const pdf = await readFile(file('razdelilnik.pdf'));
    const symbols = await pdfSymbols(pdf);
    expect(symbols).toHaveLength(2);
    const read = symbols.map(({ text, ...symbol }) => {
      expect(symbol).toEqual(qr);
      const parsed = parseUpnStrictly(text);
      return parsed.ok ? parsed.fields : parsed.faults;
    });
    expect(read).toContainEqual(
      upnFields('COST', amounts.manager, 'Razdelilnik 10/2026', manager.iban, 'SI121042172026105'),
    );
    expect(read).toContainEqual(
      upnFields('BLDM', amounts.fund, 'Rezervni sklad 10/2026', 'SI56990000011111127', 'SI00104217-202610'),
    );

    const pages = pdfPages(pdf).join('\n');
    for (const words of ['Vodarina in kanalščina', 'Razsvetljava garaže', '21,90', '48,78', resident.name])
      expect(pages).toContain(words);
  });

  it('keeps the token where the window cannot reach it', async () => {
    const token = await readToken(portal.address);
    expect(await everythingInReach(app.page)).not.toContain(token);
    await app.page.evaluate((planted) => Reflect.set(window, 'planted', { deep: [{ down: planted }] }), token);
    expect(await everythingInReach(app.page), 'the search finds what is there').toContain(token);
    await app.page.evaluate(() => Reflect.deleteProperty(window, 'planted'));
    const { email, password } = resident;
    const status = await app.page.evaluate(
      (body) =>
        fetch('/api/v1/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }).then((response) => response.status),
      { email, password },
    );
    expect(status).toBe(403);
  });

  it('opens slip and PDF offline, and keeps nothing in the clear', async () => {
    const token = await readToken(portal.address);
    await app.close();
    await portal.stop();
    await app.open();
    await app.page.getByText(/Brez povezave\. Kažemo shranjene podatke z dne/).waitFor();
    await app.page.getByRole('link', { name: 'Odpri razdelilnik' }).first().click();
    await app.page.getByText('Vodarina in kanalščina').waitFor();
    await app.saveTo(file('brez-povezave.pdf'));
    await app.page.getByRole('button', { name: 'Shrani PDF' }).click();
    await app.page.getByText(/^Shranjeno: /).waitFor();
    expect((await readFile(file('brez-povezave.pdf'))).equals(await readFile(file('razdelilnik.pdf')))).toBe(true);
    for (const secret of [resident.lastName, 'Vodarina in kanal', 'SI121042172026105', token])
      expect(await filesWith(app.profile, secret), secret).toEqual([]);
  });

  it('forgets everything at sign-out, also offline', async () => {
    await app.page.getByRole('button', { name: 'Odjava' }).click();
    await app.page.getByRole('button', { name: 'Odjavi me' }).click();
    await app.page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
    expect(await readKeyring(portal.address)).toEqual([]);
    await app.close();
    await portal.start();
    await app.open();
    await app.page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
  });

  it('tells who has no e-invoice channel how to subscribe, and gives no PDF', async () => {
    const { payerCode, slipPassword } = readLetter(await readFile(file('pisma.pdf')), neighbour.name);
    await app.page.getByRole('button', { name: 'REGISTRACIJA' }).click();
    await register(app.page, neighbour, slipPassword.toLowerCase().replaceAll('-', ''), payerCode);
    await app.page.getByText('Želite kodo QR in PDF?').waitFor();
    await app.page.getByText('01 234 56 78').first().waitFor();
    expect(await app.page.getByRole('button', { name: 'Shrani PDF' }).count()).toBe(0);
    expect(await app.page.getByRole('img', { name: /Koda UPN QR/ }).count()).toBe(0);
    const refusal = await app.page.evaluate(async () => {
      const list = (await (await fetch('/api/v1/slips')).json()) as { items: { id: string }[] };
      const answer = await fetch(`/api/v1/slips/${list.items[0]?.id}/pdf`);
      return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
    });
    expect(refusal).toEqual({ status: 403, code: 'e_invoice_required' });
  });
});
