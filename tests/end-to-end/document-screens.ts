import type { Page } from 'playwright-core';
import { menu } from './screens.ts';

/** What people do on the screens with the slip as a document, in the words that they see. */

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('alertdialog').or(page.getByRole('dialog'));

interface SlipSettings {
  /** The path of a picture. */
  readonly logo: string;
  readonly template: string;
  readonly note: string;
  /** What the preview says of the template. */
  readonly preview: RegExp;
}

export async function setSlipsUp(page: Page, { logo, template, note, preview }: SlipSettings): Promise<void> {
  await menu(page, 'Nastavitve').click();
  await menu(page, 'Razdelilnik').click();
  await page.locator('input[type=file]').setInputFiles(logo);
  await page.getByText('Logotip je shranjen.').first().waitFor();
  await page.getByRole('img', { name: 'Logotip, kakor je na razdelilnikih' }).waitFor();
  await page.getByLabel('Zapis vzorca').fill(template);
  await page.getByRole('region', { name: 'Predogled' }).getByText(preview).waitFor();
  await page.getByLabel('Obvestilo na razdelilnikih').fill(note);
  await button(page, 'Shrani nastavitve').click();
  await page.getByText('Nastavitve so shranjene.').first().waitFor();
}

export async function openImport(page: Page, fileName: string): Promise<void> {
  await menu(page, 'Uvozi').click();
  await page.getByRole('link', { name: fileName }).first().click();
}

/** Has the whole run of the month printed with fresh slip passwords; answers what was asked before. */
export async function printWithPasswords(page: Page, month: string): Promise<string> {
  await menu(page, 'Obračuni').click();
  await page.getByRole('link', { name: month }).first().click();
  await page.getByRole('link', { name: 'Natisni ali izvozi' }).click();
  await page.getByRole('switch', { name: 'Plačnikom brez uporabniškega računa natisni novo geslo' }).check();
  await button(page, 'Shrani PDF za tisk').click();
  const goOn = dialog(page).getByRole('button', { name: 'Natisni nova gesla' });
  await goOn.waitFor();
  const question = await dialog(page).innerText();
  await goOn.click();
  await page.getByText('Datoteka je shranjena').waitFor();
  return question;
}

/** From the invitation on a slip: asks for the slips by e-mail, at the address that is proposed, which it answers. */
export async function orderByEmail(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Naroči eRačun' }).click();
  await button(page, 'Naroči eRačun').click();
  await dialog(page).getByRole('radio', { name: 'e-pošta' }).check();
  const address = await dialog(page).getByLabel('E-naslov za razdelilnike').inputValue();
  await button(page, 'Pošlji prošnjo').click();
  await page.getByText('Vaša prošnja čaka na upravnika').waitFor();
  return address;
}

export async function confirmEInvoice(page: Page, payer: string): Promise<void> {
  await menu(page, 'Prošnje za eRačun').click();
  await button(page, `Potrdi: ${payer}`).click();
  await page.getByText(`Prošnja je potrjena: ${payer}`).first().waitFor();
}

export async function openNewestSlip(page: Page): Promise<void> {
  await menu(page, 'Pregled').click();
  await page.getByRole('link', { name: 'Odpri razdelilnik' }).first().click();
}

/** The save dialog answers where to. */
export async function savePdf(page: Page, fileName: string): Promise<void> {
  await button(page, 'Shrani PDF').click();
  await page.getByText(`Shranjeno: ${fileName}`).first().waitFor();
}

export async function saveYear(page: Page, year: string, fileName: string): Promise<void> {
  await menu(page, 'Razdelilniki').click();
  await page.getByLabel('Leto', { exact: true }).selectOption(year);
  await button(page, 'Shrani leto').click();
  await page.getByText(`Shranjeno: ${fileName}`).first().waitFor();
}
