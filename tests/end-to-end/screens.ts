import type { Page } from 'playwright-core';
import type { neighbour } from './story-file.ts';

/** What people do on the screens, in the words that they see. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

export const menu = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });

export async function choosePortal(page: Page, address: string): Promise<void> {
  await page.getByLabel('Naslov portala').fill(address);
  await button(page, 'Nadaljuj').click();
  await page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
}

/** Sends the sign-in off; what comes of it may be one more question. */
export async function trySignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('EMAIL').fill(email);
  await page.getByLabel('GESLO', { exact: true }).fill(password);
  await button(page, /^Prijava$/).click();
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await trySignIn(page, email, password);
  await page.getByRole('navigation').waitFor();
}

export async function signOut(page: Page): Promise<void> {
  await button(page, 'Odjava').click();
  await page.getByRole('heading', { name: 'Prijava', exact: true }).waitFor();
}

/** Imports a file, confirms it when it has no faults, and waits for the outcome, which is the heading or the text given. */
export async function importFile(page: Page, file: string, outcome: string | RegExp): Promise<void> {
  await menu(page, 'Uvozi').click();
  await page.locator('input[type=file]').setInputFiles(file);
  const confirm = button(page, 'Pripravi osnutek');
  await confirm.or(page.getByText(outcome)).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await page.getByText(outcome).first().waitFor();
}

export async function publish(page: Page): Promise<void> {
  await button(page, /^Objavi$/).click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /^Objavi / })
    .click();
  await page.getByText('Stanovalci vidijo te razdelilnike.').first().waitFor();
}

/** Has slip passwords issued for all without an account; the letters go where the save dialog says. */
export async function issueLetters(page: Page): Promise<void> {
  await menu(page, 'Gesla z razdelilnika').click();
  await page.getByLabel('Za vse, ki še niso registrirani').check();
  await button(page, 'Izdaj in shrani pisma').click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /^Izdaj / })
    .click();
  await page.getByText('Pisma so shranjena').waitFor();
}

export type Person = Pick<typeof neighbour, 'firstName' | 'lastName' | 'email' | 'password'>;

/** The registration knows the manager once the portal has said which: until then it cannot be sent off. */
export const managerIsFilledIn = (page: Page) => page.getByRole('textbox', { name: 'Upravnik' }).waitFor();

/** Fills the registration in; the payer code only where it is not filled in yet. */
export async function register(page: Page, person: Person, slipPassword: string, payerCode?: string): Promise<void> {
  await managerIsFilledIn(page);
  if (payerCode) await page.getByLabel('Šifra plačnika').fill(payerCode);
  await page.getByLabel('Geslo z razdelilnika').fill(slipPassword);
  await page.getByLabel('Ime', { exact: true }).fill(person.firstName);
  await page.getByLabel('Priimek').fill(person.lastName);
  await page.getByLabel('E-naslov', { exact: true }).fill(person.email);
  await page.getByLabel('Geslo', { exact: true }).fill(person.password);
  await page.getByLabel('Ponovite geslo').fill(person.password);
  await button(page, 'Registriraj me').click();
  await page.getByText('Registracija je uspela. Dobrodošli!').waitFor();
}
