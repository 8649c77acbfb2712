/* The walks through what belongs to the signed-in person: the address, the account, further premises. */
import { Secret, TOTP } from 'otpauth';
import { button, dialog, heading, link, menu, person, signIn, signOut } from './screens-walks.mjs';

/** Who has just registered confirms the e-mail address, at the second try. Begins and ends on the first screen. */
export async function walkConfirmation({ page, words, mailedCode, shoot }) {
  const { banner, confirmation, email } = words.profile;
  await menu(page, words.premises.menu).click();
  await page.getByText(words.premises.unconfirmed.title).waitFor();
  await shoot('add-premises-unconfirmed');
  await menu(page, words.shell.profile).click();
  await shoot('profile-unconfirmed');
  await link(page, banner.go).first().click();
  await heading(page, confirmation.title).waitFor();
  await page.getByText(confirmation.help.office).waitFor();
  await shoot('email-confirmation');
  await page.getByLabel(confirmation.code).fill('000 000');
  await page.locator('.fault').waitFor();
  await shoot('email-confirmation-refused');
  const before = await mailedCode();
  await button(page, confirmation.resend).click();
  await page.locator('.toast').waitFor();
  await shoot('email-confirmation-resent');
  await button(page, email.correct).click();
  await dialog(page).waitFor();
  await shoot('email-correct');
  await page.keyboard.press('Escape');
  await page.getByLabel(confirmation.code).fill(await mailedCode(before));
  await menu(page, words.shell.home).waitFor();
  await heading(page, confirmation.title).waitFor({ state: 'detached' });
  await shoot('email-confirmed');
}

/** The profile of a resident with premises at two managers, and all that is asked there. */
export async function walkAccount(tour) {
  const { page, words, shoot } = tour;
  const { profile } = words;
  await signIn(tour, person(tour, 'resident'));
  await menu(page, words.shell.profile).click();
  await page.getByRole('switch').first().waitFor();
  await shoot('profile-two-managers');
  await heading(page, profile.data.title).scrollIntoViewIfNeeded();
  await button(page, profile.deletion.button).scrollIntoViewIfNeeded();
  await shoot('profile-end');
  await askAndShoot(tour, profile.deletion.button, 'account-delete');
  await page.getByRole('switch').first().click();
  await page.locator('.toast').first().waitFor();
  await shoot('profile-notified');
  await button(page, profile.person.changeName).click();
  await dialog(page).waitFor();
  await shoot('profile-name');
  await page.keyboard.press('Escape');
  await askAndShoot(tour, profile.email.change, 'profile-email');
  const [payer] = await page.getByRole('button', { name: profile.payers.remove }).all();
  await payer.click();
  await dialog(page).waitFor();
  await shoot('profile-remove-payer');
  await page.keyboard.press('Escape');
  await walkNewPassword(tour);
  await walkSecondFactor(tour);
  await walkPremises(tour);
  await signOut(tour);
}

/** A question with its fields empty, then at fault. */
async function askAndShoot({ page, shoot }, name, picture) {
  await button(page, name).click();
  await dialog(page).waitFor();
  await shoot(picture);
  await dialog(page).getByRole('button').last().click();
  await page.locator('.fault').first().waitFor();
  await shoot(`${picture}-faults`);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}

async function walkNewPassword({ page, words, shoot }) {
  const { newPassword, security, back } = words.profile;
  await link(page, security.changePassword).click();
  await heading(page, newPassword.title).waitFor();
  await shoot('new-password');
  await page.getByLabel(newPassword.current).fill('napačno');
  await page.getByLabel(words.field.newPassword, { exact: true }).fill('Lipa-2026-pod-oknom');
  await page.getByLabel(words.field.repeatPassword).fill('Lipa-2026-pod-oknom');
  await button(page, newPassword.submit).click();
  await page.locator('.fault').first().waitFor();
  await shoot('new-password-refused');
  await link(page, back).click();
}

async function walkSecondFactor(tour) {
  const { page, words, shoot } = tour;
  const { profile, secondFactor } = words;
  await page.getByRole('link', { name: profile.security.secondFactor }).click();
  await page.getByLabel(profile.ownPassword, { exact: true }).fill(person(tour, 'resident').password);
  await shoot('second-factor');
  await button(page, secondFactor.start).click();
  await page.locator('.qr').waitFor();
  await shoot('second-factor-scan');
  const secret = Secret.fromBase32((await page.locator('.secret .code').textContent()).replaceAll(' ', ''));
  await page.getByLabel(secondFactor.code).fill(new TOTP({ secret }).generate());
  await heading(page, secondFactor.recovery.title).waitFor();
  await shoot('second-factor-codes');
  const spare = await page.locator('.codes li').first().textContent();
  await menu(page, words.shell.profile).click();
  await dialog(page).waitFor();
  await shoot('second-factor-codes-leave');
  await dialog(page).getByRole('button', { name: words.action.cancel }).click();
  await page.getByLabel(secondFactor.recovery.kept).check();
  await button(page, secondFactor.recovery.done).click();
  await page.getByRole('link', { name: profile.security.secondFactor }).click();
  await heading(page, secondFactor.state).waitFor();
  await shoot('second-factor-on');
  await button(page, secondFactor.turnOff).click();
  await dialog(page).waitFor();
  await shoot('second-factor-off-asked');
  // The walks after this one sign in without a code; the telephone's has been used.
  await dialog(page).getByLabel(profile.ownPassword, { exact: true }).fill(person(tour, 'resident').password);
  await dialog(page).getByLabel(secondFactor.turnOffCode).fill(spare.trim());
  await button(dialog(page), secondFactor.turnOff).click();
  await dialog(page).waitFor({ state: 'detached' });
}

async function walkPremises({ page, words, shoot }) {
  const { premises } = words;
  const form = words.guest.registration;
  await menu(page, premises.menu).click();
  await page.getByLabel(premises.manager).click();
  await page.getByRole('option').nth(1).waitFor();
  await shoot('add-premises-managers');
  await page.getByLabel(premises.manager).fill('maribor');
  await page.getByRole('option').nth(1).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByLabel(form.payerCode).fill('200001');
  await page.getByText(premises.own.title).waitFor();
  await shoot('add-premises-own');
  await page.getByLabel(form.payerCode).fill('200009');
  await page.getByLabel(form.slipPassword).fill('K7QM-3XRT-9WVDT');
  await shoot('add-premises');
  await button(page, premises.submit).click();
  await page.getByRole('alert').waitFor();
  await shoot('add-premises-refused');
}
