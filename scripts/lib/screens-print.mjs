/* The walk through printing a run: what of it, with fresh slip passwords, and the file that comes of it. */
import { button, dialog, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Begins and ends at the sign-in. */
export async function walkPrint(tour) {
  const { page, words, shoot, saveAs } = tour;
  const { menu: entry, buildings, passwords, form, done, channel } = words.printRuns;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, entry).click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('runs-none-printed');
  await page.locator('tbody a').first().click();
  await button(page, form.pdf.button).and(page.locator(':enabled')).waitFor();
  await shoot('run');
  await page.getByText(buildings.label, { exact: true }).click();
  await page.locator('.list input').first().check();
  await button(page, form.pdf.button).and(page.locator(':enabled')).waitFor();
  await shoot('run-buildings');
  await page.getByLabel(channel.label, { exact: true }).selectOption('none');
  await page.getByText(passwords.label, { exact: true }).click();
  await page.getByText(words.printRuns.all.label, { exact: true }).click();
  await button(page, form.pdf.button).and(page.locator(':enabled')).click();
  await dialog(page).waitFor();
  await shoot('run-passwords-asked');
  await saveAs('razdelilniki.pdf');
  await dialog(page).getByRole('button').last().click();
  await page.getByText(done.title).waitFor();
  await shoot('run-printed');
  await menu(page, entry).click();
  await page.getByText(words.printRuns.history.title).waitFor();
  await shoot('runs');
  await signOut(tour);
}
