/* The walk through eRačun: a resident orders it, the office decides. */
import { button, dialog, heading, link, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Begins and ends at the sign-in. */
export async function walkEInvoices(tour) {
  await order(tour);
  await decide(tour);
}

/** Who gets slips by e-mail wants them in the bank. */
async function order(tour) {
  const { page, words, shoot } = tour;
  const { eInvoices, profile, shell } = words;
  await signIn(tour, person(tour, 'resident'));
  await menu(page, shell.profile).click();
  await link(page, profile.payers.eInvoices).click();
  await button(page, eInvoices.order.button).waitFor();
  await shoot('e-invoices');
  await button(page, eInvoices.leave.button).first().click();
  await dialog(page).waitFor();
  await shoot('e-invoices-leave');
  await page.keyboard.press('Escape');
  await button(page, eInvoices.order.change).first().click();
  await dialog(page).getByText(eInvoices.channel.bank, { exact: true }).click();
  await button(page, eInvoices.order.confirm).click();
  await page.locator('.fault').first().waitFor();
  await shoot('e-invoices-faults');
  await page.getByLabel(eInvoices.field.iban).fill('SI56 1910 0000 0123 438');
  await page.getByLabel(eInvoices.field.taxNumber).fill('12345679');
  await button(page, eInvoices.order.confirm).click();
  await page.getByText(eInvoices.open.title).waitFor();
  await shoot('e-invoices-asked');
  await signOut(tour);
}

/** Begins and ends at the sign-in. Payers have asked at a manager of whom this person is a clerk or admin. */
async function decide(tour) {
  const { page, words, shoot } = tour;
  const { office, set } = words.eInvoices;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, office.menu).click();
  await heading(page, office.title).waitFor();
  await page.locator('tbody tr.row').or(heading(page, office.empty.open.title)).first().waitFor();
  await shoot('e-invoice-requests');
  if (await page.locator('tbody tr.row').count()) {
    await page.getByText(office.refuse.button, { exact: true }).first().click();
    await dialog(page).waitFor();
    await shoot('e-invoice-refuse');
    await page.keyboard.press('Escape');
    await page.locator('[data-confirm]').first().click();
    await heading(page, office.empty.open.title).waitFor();
  }
  await page.getByText(office.filter.decided, { exact: true }).click();
  await page.locator('tbody tr.row').or(heading(page, office.empty.decided.title)).first().waitFor();
  await shoot('e-invoice-requests-decided');
  await menu(page, words.payers.menu).click();
  const registered = page.locator('tbody tr').filter({ hasText: words.payers.access.registered });
  await registered.first().getByRole('link').click();
  await button(page, set.button).click();
  await dialog(page).waitFor();
  await shoot('payer-channel');
  await page.keyboard.press('Escape');
  await signOut(tour);
}
