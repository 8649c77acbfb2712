import type { Locator, Page } from 'playwright-core';
import { menu } from './screens.ts';

/** What a clerk does with the keyboard, in the words on the screen. */

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const dialog = (page: Page) => page.getByRole('alertdialog').or(page.getByRole('dialog'));
export const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

const mostStops = 120;
const hasFocus = (element: Element): boolean => element === document.activeElement;

/** Presses Tab until it is there: what no Tab comes to, nobody can use without a mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < mostStops; stops += 1) {
    if (await target.evaluate(hasFocus)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${target.toString()}`);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Buttons of dialogs have their own way round with Tab. */
export const pressInDialog = (page: Page, name: string | RegExp): Promise<void> =>
  press(page, dialog(page).getByRole('button', { name }));

export async function goTo(page: Page, entry: string): Promise<void> {
  await press(page, menu(page, entry));
  await page.getByRole('heading', { level: 1, name: entry, exact: true }).waitFor();
}

export async function goToSettings(page: Page, part: string): Promise<void> {
  await press(page, menu(page, 'Nastavitve'));
  await press(page, menu(page, part));
  await page.getByRole('heading', { level: 1, name: part, exact: true }).waitFor();
}

export async function signInByKeyboard(page: Page, email: string, password: string): Promise<void> {
  await tabTo(page, page.getByLabel('EMAIL'));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel('GESLO', { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Pregled pisarne', exact: true }).waitFor();
}

/** Types what is wanted into the palette, and takes it once it is the line that Enter takes. */
export async function command(page: Page, text: string, wanted: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Poišči plačnika, stran ali dejanje' }).waitFor();
  await page.keyboard.type(text);
  await page.getByRole('option', { name: wanted, selected: true }).waitFor();
  await page.keyboard.press('Enter');
}

/** To choose a file is the system's part; the page for it is gone to by keyboard. */
export async function chooseFile(page: Page, file: string): Promise<void> {
  await goTo(page, 'Uvozi');
  await page.locator('input[type=file]').setInputFiles(file);
}

export async function openImport(page: Page, fileName: string): Promise<void> {
  await goTo(page, 'Uvozi');
  await press(page, page.getByRole('link', { name: fileName, exact: true }).first());
  await page.getByRole('heading', { level: 1, name: fileName, exact: true }).waitFor();
}

/** The cells of a table's rows, under its caption, each row as one text. */
export async function rowsOf(page: Page, caption: string | RegExp): Promise<string[]> {
  const rows = page.getByRole('table', { name: caption }).locator('tbody tr:not(.spacer)');
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim());
}

/** Looks for payers, until the one that is meant is the only one. */
export async function searchPayers(page: Page, text: string, only: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.getByRole('status').filter({ hasText: '1 od 5' }).first().waitFor();
  await page.getByRole('table', { name: 'Plačniki po šifri' }).getByRole('rowheader', { name: only }).waitFor();
}

export async function chooseBuilding(page: Page, building: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Stavba' });
  await tabTo(page, field);
  await page.keyboard.type(building.slice(0, 4));
  await page.getByRole('option', { name: building }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
