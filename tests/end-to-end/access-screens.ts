import type { Page } from 'playwright-core';
import { menu, trySignIn } from './screens.ts';

/** What people do on the screens to get in, to stay in and to leave, in the words that they see. */

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const dialog = (page: Page) => page.getByRole('alertdialog').or(page.getByRole('dialog'));

export const confirmationBanner = (page: Page) => page.getByText('Potrdite svoj e-naslov', { exact: true });

/** Follows the banner and types the code in, which is sent off with its last digit. */
export async function confirmEmail(page: Page, email: string, code: string): Promise<void> {
  await link(page, 'Potrdi e-naslov').click();
  await page.getByLabel('Koda iz sporočila').fill(code);
  await page.getByText(`E-naslov ${email} je potrjen.`).first().waitFor();
}

/** Signs in where somebody is signed in elsewhere; answers what the question was. */
export async function takeOver(page: Page, email: string, password: string): Promise<string> {
  await trySignIn(page, email, password);
  const goOn = dialog(page).getByRole('button', { name: 'Odjavi tam in nadaljuj tukaj' });
  await goOn.waitFor();
  const question = await dialog(page).innerText();
  await goOn.click();
  await page.getByRole('navigation').waitFor();
  return question;
}

/** @returns the text of the news why somebody is at the sign-in */
export async function whySignedOut(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
  return page.getByRole('main').innerText();
}

export async function askForNewPassword(page: Page, email: string): Promise<void> {
  await link(page, 'POZABLJENO GESLO').click();
  await page.getByLabel('E-naslov', { exact: true }).fill(email);
  await button(page, 'Pošlji mi kodo').click();
  await page.getByText('Poglejte v svoj e-poštni predal').waitFor();
}

export async function setNewPassword(page: Page, code: string, password: string): Promise<void> {
  await page.getByLabel('Koda iz sporočila').fill(code);
  await page.getByLabel('Novo geslo', { exact: true }).fill(password);
  await page.getByLabel('Ponovite novo geslo').fill(password);
  await button(page, 'Shrani novo geslo').click();
  await page.getByText('Geslo je zamenjano. Prijavite se z novim.').waitFor();
}

export const payerChoice = (page: Page) => page.getByRole('group', { name: 'Čigavi razdelilniki so prikazani' });

export async function addPremises(page: Page, manager: string, payerCode: string, slipPassword: string): Promise<void> {
  await menu(page, 'Dodaj upravnika').click();
  await page.getByRole('combobox', { name: 'Upravnik' }).fill(manager.slice(0, 5));
  await page.getByRole('option', { name: manager }).click();
  await page.getByLabel('Šifra plačnika').fill(payerCode);
  await page.getByLabel('Geslo z razdelilnika').fill(slipPassword);
  await button(page, 'Dodaj').click();
  await page
    .getByText(/^Dodano: /)
    .first()
    .waitFor();
}

/** Answers a question that wants the own password. */
export async function agree(page: Page, deed: string, password: string): Promise<void> {
  await dialog(page).getByLabel('Vaše geslo').fill(password);
  await dialog(page).getByRole('button', { name: deed, exact: true }).click();
}

export async function saveOwnData(page: Page): Promise<void> {
  await menu(page, 'Profil').click();
  await button(page, 'Prenos mojih podatkov').click();
  await page
    .getByText(/^Shranjeno: /)
    .first()
    .waitFor();
}

export async function deleteAccount(page: Page, password: string): Promise<void> {
  await menu(page, 'Profil').click();
  await button(page, 'Izbriši uporabniški račun').click();
  await dialog(page).getByLabel('Razumem, da izbrisa ni mogoče razveljaviti.').check();
  await agree(page, 'Dokončno izbriši', password);
  await page.getByText('Vaš uporabniški račun in osebni podatki v njem so izbrisani.').waitFor();
}

/** Up to the secret for the authenticator app. */
export async function startSecondFactor(page: Page, password: string): Promise<void> {
  await page.getByRole('heading', { name: 'Prijava v dveh korakih', exact: true }).waitFor();
  await page.getByLabel('Vaše geslo').fill(password);
  await button(page, 'Začni').click();
}

/** Types the first code in; answers the recovery codes. */
export async function turnSecondFactorOn(page: Page, code: string): Promise<string[]> {
  await page.getByLabel('Koda iz aplikacije').fill(code);
  const codes = page.getByRole('list', { name: 'Rezervne kode' }).getByRole('listitem');
  await codes.first().waitFor();
  const shown = await codes.allInnerTexts();
  await page.getByLabel('Rezervne kode imam shranjene.').check();
  await button(page, 'Končaj').click();
  return shown;
}

export async function signInWithSecondFactor(page: Page, email: string, password: string, code: string): Promise<void> {
  await trySignIn(page, email, password);
  await page.getByLabel('Koda za prijavo').fill(code);
  await button(page, 'Prijava').click();
  await page.getByRole('navigation').waitFor();
}

export async function inviteClerk(page: Page, email: string): Promise<void> {
  await menu(page, 'Nastavitve').click();
  await menu(page, 'Zaposleni').click();
  await button(page, 'Povabi sodelavca').click();
  await dialog(page).getByLabel('E-naslov', { exact: true }).fill(email);
  await button(page, 'Pošlji vabilo').click();
  await page.getByText(`Vabilo je na poti: ${email}`).first().waitFor();
}

export interface Newcomer {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly password: string;
}

/** From the sign-in, where help leads to the invitations, to the office. */
export async function acceptInvitation(page: Page, person: Newcomer, code: string): Promise<void> {
  await link(page, 'Se ne morete prijaviti? Pomagali vam bomo.').click();
  await link(page, 'Sprejmi vabilo').click();
  await page.getByLabel('E-naslov', { exact: true }).fill(person.email);
  await page.getByLabel('Koda iz sporočila').fill(code);
  await button(page, 'Nadaljuj').click();
  await page.getByLabel('Ime', { exact: true }).fill(person.firstName);
  await page.getByLabel('Priimek').fill(person.lastName);
  await page.getByLabel('Novo geslo', { exact: true }).fill(person.password);
  await page.getByLabel('Ponovite novo geslo').fill(person.password);
  await button(page, 'Sprejmi vabilo').click();
  await page.getByRole('navigation').waitFor();
}
