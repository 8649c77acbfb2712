/* The walk through what the keyboard alone opens: the palette of commands, and the list of shortcuts. */
import { dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Begins and ends at the sign-in. */
export async function walkPalette(tour) {
  const { page, words, shoot } = tour;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, words.mails.menu).click();
  await heading(page, words.mails.title).waitFor();
  const field = page.getByRole('combobox', { name: words.palette.title });
  await page.keyboard.press('ControlOrMeta+K');
  await field.waitFor();
  await shoot('palette');
  await field.fill('no');
  await page.getByRole('group', { name: words.palette.group.payers, exact: true }).waitFor();
  await shoot('palette-found');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await heading(page, words.payers.one.account.title)
    .or(heading(page, words.payers.one.access.title))
    .first()
    .waitFor();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('group', { name: words.palette.group.recent, exact: true }).waitFor();
  await shoot('palette-recent');
  await field.fill('xyzxyz');
  await page.getByText(words.palette.none).waitFor();
  await shoot('palette-none');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await heading(page, words.palette.shortcuts.title).waitFor();
  await shoot('shortcuts');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await signOut(tour);
}
