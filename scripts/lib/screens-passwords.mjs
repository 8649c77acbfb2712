/* The walk through what an admin issues: slip passwords for those who are chosen, and keys for other programs. */
import { button, dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Who still needs a slip password, the order, the list that is there once, and what was issued. Begins and ends at the sign-in. */
export async function walkPasswords(tour) {
  const { page, words, shoot, saveAs } = tour;
  const { buildings, batches, chosen, building, all, letters, screen, issued, title } = words.slipPasswords;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, words.slipPasswords.menu).click();
  await heading(page, buildings.title).waitFor();
  await shoot('slip-passwords');
  await page.getByText(building.label, { exact: true }).click();
  await shoot('slip-passwords-building');
  await page.getByText(all.label, { exact: true }).click();
  await button(page, letters.button).and(page.locator(':enabled')).waitFor();
  await button(page, letters.button).scrollIntoViewIfNeeded();
  await shoot('slip-passwords-all');
  await heading(page, buildings.title).scrollIntoViewIfNeeded();
  await shoot('slip-passwords-buildings');
  await menu(page, words.payers.menu).click();
  const open = page.locator('tbody tr').filter({ hasText: words.payers.access.none }).getByRole('checkbox');
  for (const index of [0, 1, 2]) await open.nth(index).click();
  await shoot('payers-chosen');
  await menu(page, words.slipPasswords.menu).click();
  await button(page, screen.button).and(page.locator(':enabled')).waitFor();
  await page.getByText(chosen.label, { exact: true }).scrollIntoViewIfNeeded();
  await shoot('slip-passwords-chosen');
  await button(page, screen.button).click();
  await dialog(page).waitFor();
  await shoot('slip-passwords-asked');
  await dialog(page).getByRole('button').last().click();
  await page.locator('.password').first().waitFor();
  await page.locator('[data-issued]').scrollIntoViewIfNeeded();
  await shoot('slip-passwords-issued');
  await button(page, issued.done).click();
  await dialog(page).waitFor();
  await shoot('slip-passwords-leave');
  await dialog(page).getByRole('button').last().click();
  await page.getByText(all.label, { exact: true }).click();
  await button(page, letters.button).and(page.locator(':enabled')).waitFor();
  await saveAs('pisma.pdf');
  await button(page, letters.button).click();
  await dialog(page).getByRole('button').last().click();
  await page.locator('[data-issued]').waitFor();
  await heading(page, title).scrollIntoViewIfNeeded();
  await shoot('slip-passwords-saved');
  await heading(page, batches.title).scrollIntoViewIfNeeded();
  await button(page, batches.revoke).last().scrollIntoViewIfNeeded();
  await shoot('slip-passwords-batches');
  await button(page, batches.revoke).last().click();
  await dialog(page).waitFor();
  await shoot('slip-passwords-revoke-asked');
  await page.keyboard.press('Escape');
  await signOut(tour);
}

/** No key yet, a new one with the form at fault first, shown once; then the list. Begins and ends at the sign-in. */
export async function walkKeys(tour) {
  const { page, words, shoot } = tour;
  const { create, made, none, revoke } = words.apiKeys;
  const admin = person(tour, 'admin');
  await signIn(tour, admin);
  await menu(page, words.managerSettings.menu).click();
  await menu(page, words.managerSettings.part.apiKeys).click();
  await heading(page, none.title).waitFor();
  await shoot('api-keys-none');
  await button(page, create.button).click();
  await dialog(page).waitFor();
  await shoot('api-keys-create');
  await button(page, create.submit).click();
  await page.locator('.fault').first().waitFor();
  await shoot('api-keys-create-faults');
  await page.getByLabel(create.name, { exact: true }).fill('Računovodstvo, strežnik v pisarni');
  await page.getByLabel(create.password, { exact: true }).fill(admin.password);
  await button(page, create.submit).click();
  await page.getByText(made.kept, { exact: true }).waitFor();
  await shoot('api-keys-made');
  await page.getByText(made.kept, { exact: true }).click();
  await button(dialog(page), made.close).last().click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('api-keys');
  await button(page, revoke.for.replace('{name}', 'Računovodstvo, strežnik v pisarni')).click();
  await dialog(page).waitFor();
  await shoot('api-keys-revoke-asked');
  await page.keyboard.press('Escape');
  await signOut(tour);
}
