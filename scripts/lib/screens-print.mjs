/* The walk from the overview to a run, one of its slips, and printing it: what of it, with fresh slip passwords, and the file that comes of it. */
import { button, dialog, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Begins and ends at the sign-in. */
export async function walkPrint(tour) {
  const { page, words, shoot, saveAs } = tour;
  const { buildings, passwords, form, done, channel } = words.printRuns;
  await signIn(tour, person(tour, 'admin'));
  await page.getByRole('heading', { name: words.overview.channels.title }).waitFor();
  await shoot('overview');
  await button(page, words.chart.asTable).first().click();
  await shoot('overview-table');
  await menu(page, words.runs.menu).click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('runs');
  // The newest may be a draft, which the walk of the imports leaves: its slip passwords cannot be printed yet.
  const published = page.getByText(words.printRuns.run.published, { exact: true });
  await page.getByRole('row').filter({ has: published }).first().getByRole('link').click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('run');
  await page.locator('tbody a').first().click();
  await page.getByText(words.slips.asResident.logged).waitFor();
  await shoot('slip-as-resident');
  await page.getByText(words.slips.asResident.back).click();
  await page.getByRole('link', { name: words.runs.toPrint }).click();
  await button(page, form.pdf.button).and(page.locator(':enabled')).waitFor();
  await shoot('run-print');
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
  await signOut(tour);
}
