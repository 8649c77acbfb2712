/* The walk through what an office does for people: one payer's access, the mails, the staff. */
import { button, dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Who answers the phone, then who leads the office. Begins and ends at the sign-in. */
export async function walkDesk(tour) {
  const { page, words, shoot } = tour;
  await signIn(tour, person(tour, 'admin'));
  await walkPayers(tour);
  await walkStaff(tour);
  await menu(page, words.mails.menu).click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('mails');
  await page.getByText(words.mails.filter.failed, { exact: true }).click();
  await heading(page, words.mails.empty.failed.title).waitFor();
  await shoot('mails-none-failed');
  await signOut(tour);
}

/** A payer who is registered and one who is not; then back to the same row of the table. */
async function walkPayers({ page, words, shoot }) {
  const { one, access, menu: entry } = words.payers;
  const row = (state) => page.locator('tbody tr').filter({ hasText: state });
  await menu(page, entry).click();
  await row(access.registered).first().getByRole('link').click();
  await heading(page, one.account.title).waitFor();
  await shoot('payer-registered');
  await button(page, one.release.button).click();
  await dialog(page).waitFor();
  await shoot('payer-release-asked');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: one.back }).click();
  await row(access.none).first().click();
  await heading(page, one.access.title).waitFor();
  await shoot('payer-without-password');
  await page.getByRole('link', { name: one.back }).click();
  await page.locator('[data-row]:focus').waitFor();
  await shoot('payers-returned');
}

async function walkStaff({ page, words, shoot }) {
  const { invite, invitations, change, remove, role } = words.staff;
  await menu(page, words.managerSettings.menu).click();
  await menu(page, words.managerSettings.part.staff).click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('staff');
  await button(page, invite.button).click();
  await dialog(page).waitFor();
  await button(page, invite.submit).click();
  await page.locator('.fault').waitFor();
  await shoot('staff-invite-faults');
  await page.getByLabel(invite.email, { exact: true }).fill('nova.sodelavka@vzorec.example');
  await button(page, invite.submit).click();
  await button(page, invitations.again).or(page.getByText(invitations.again)).first().waitFor();
  await shoot('staff-invited');
  await page.getByText(change.button).first().click();
  await dialog(page).getByText(role.clerk, { exact: true }).click();
  await shoot('staff-role');
  await page.keyboard.press('Escape');
  await page.getByText(remove.button, { exact: true }).last().click();
  await dialog(page).waitFor();
  await shoot('staff-remove-asked');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}
