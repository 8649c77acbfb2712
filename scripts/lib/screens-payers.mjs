/* The walk through the payers: filters, columns, one payer's record, its correction and the merge of doubles. */
import { button, dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Who keeps the payers in order. Begins and ends at the sign-in. */
export async function walkPayers(tour) {
  const { page, words, shoot } = tour;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, words.payers.menu).click();
  await page.locator('tbody tr.row').first().waitFor();
  await shoot('payers');
  await walkFilters(tour);
  await walkRecord(tour);
  await signOut(tour);
}

async function walkFilters({ page, words, shoot }) {
  const { filter } = words.payers;
  await button(page, filter.button).click();
  await page.getByLabel(filter.building, { exact: true }).click();
  await page.getByRole('option').first().waitFor();
  await shoot('payers-filter-building');
  await page.getByRole('option').first().click();
  await page.getByLabel(filter.account, { exact: true }).selectOption('false');
  await shoot('payers-filters');
  await page.keyboard.press('Escape');
  await page.locator('tbody tr.row').first().waitFor();
  await shoot('payers-filtered');
  await button(page, words.filters.clear).click();
  await button(page, words.columns.button).click();
  await dialog(page).waitFor();
  await shoot('payers-columns');
  await page.keyboard.press('Escape');
  const search = page.getByRole('searchbox').or(page.getByPlaceholder(words.payers.search));
  await search.first().fill('Nihče');
  await heading(page, words.payers.noMatch).waitFor();
  await shoot('payers-no-match');
  await search.first().fill('');
  await page.locator('tbody tr.row').first().waitFor();
}

async function walkRecord({ page, words, shoot }) {
  const { edit, merge, slips } = words.payers;
  await page.locator('tbody tr.row').first().getByRole('link').click();
  await heading(page, slips.title).waitFor();
  await page.locator('tbody tr.row').first().waitFor();
  await shoot('payer-record');
  await heading(page, words.payers.events.title).scrollIntoViewIfNeeded();
  await shoot('payer-events');
  await button(page, edit.button).click();
  await dialog(page).waitFor();
  await page.getByLabel(edit.name, { exact: true }).fill('');
  await page.getByLabel(edit.taxNumber, { exact: true }).fill('123');
  await button(page, edit.save).click();
  await page.locator('.fault').first().waitFor();
  await shoot('payer-edit-faults');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: merge.button }).click();
  await page.getByRole('combobox').click();
  await page.getByRole('option').first().click();
  await page.getByText(merge.final, { exact: true }).or(page.locator('.banner.error')).first().waitFor();
  await shoot('payer-merge');
}
