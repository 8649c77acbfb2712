import { registrationLink } from '../../contract/deep-link.ts';

/* The walks through the screens: each does what a person of that role does, and takes a picture at each stop. */

export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const link = (page, name) => page.getByRole('link', { name, exact: true });
export const menu = (page, name) => page.getByRole('navigation').getByRole('link', { name, exact: true });
export const heading = (page, name) => page.getByRole('heading', { name, exact: true });
export const dialog = (page) => page.getByRole('alertdialog').or(page.getByRole('dialog'));

export async function signIn({ page, words }, { email, password }) {
  await page.getByLabel(words.guest.signIn.email).fill(email);
  await page.getByLabel(words.guest.signIn.password, { exact: true }).fill(password);
  await button(page, words.guest.signIn.submit).click();
  await page.getByRole('navigation').waitFor();
}

export async function signOut({ page, words }) {
  await button(page, words.shell.signOut).click();
  await heading(page, words.guest.signIn.title).waitFor();
}

export const person = ({ demonstration }, role) => demonstration.accounts.find((account) => account.role === role);

/** The first start's question, answered. */
export async function enterAddress({ page, words, address }) {
  const { portal, signIn: form } = words.guest;
  await page.getByLabel(portal.label).fill(address);
  await button(page, portal.go).click();
  await heading(page, form.title).waitFor();
}

/** The first start and the sign-in, with the two ways in which people go wrong there. */
export async function walkGuest({ page, words, address, demonstration, shoot }) {
  const { signIn: form } = words.guest;
  await shoot('first-start');
  await enterAddress({ page, words, address });
  await shoot('sign-in');
  await page.getByLabel(form.email).fill(demonstration.registration.payerCode);
  await page.getByLabel(form.password, { exact: true }).focus();
  await page.getByText(form.payerCode.title).waitFor();
  await shoot('sign-in-payer-code');
  await page.getByLabel(form.email).fill('nihce@primer.si');
  await page.getByLabel(form.password, { exact: true }).fill('napačno geslo');
  await button(page, form.submit).click();
  await page.getByRole('alert').waitFor();
  await shoot('sign-in-refused');
  await walkTroubles({ page, words, demonstration, shoot });
  await button(page, form.register).click();
}

/** What helps who cannot get in: a code for a new password, the ways to choose from, an invitation. */
async function walkTroubles({ page, words, demonstration, shoot }) {
  const { forgotten, help, invitation, registration, signIn: form, backToSignIn } = words.guest;
  await link(page, form.forgotten).click();
  await heading(page, forgotten.title).waitFor();
  await heading(page, words.guest.troubles.office).waitFor();
  await shoot('forgotten-password');
  await page.getByLabel(registration.email, { exact: true }).fill(person({ demonstration }, 'resident').email);
  await button(page, forgotten.ask.submit).click();
  await page.getByText(forgotten.code.sentTitle).waitFor();
  await shoot('forgotten-password-code');
  await link(page, backToSignIn).click();
  await link(page, form.help).click();
  await heading(page, help.title).waitFor();
  await shoot('sign-in-help');
  await link(page, words.guest.troubles.invitation.go).click();
  await heading(page, invitation.title).waitFor();
  await shoot('invitation');
  await link(page, backToSignIn).click();
}

/** The registration, empty, at fault and half filled; then the first screen of who has just registered. */
export async function walkRegistration({ page, words, demonstration, shoot }) {
  const { registration: form } = words.guest;
  const { payerCode, slipPassword } = demonstration.registration;
  await page.getByLabel(form.payerCode).waitFor();
  await shoot('register-empty');
  await button(page, form.submit).click();
  await shoot('register-faults');
  await page.getByLabel(form.repeat).fill('-');
  await page.getByLabel(form.repeat).fill('');
  await page.getByLabel(form.payerCode).fill(payerCode);
  await page.getByLabel(form.slipPassword).fill(slipPassword);
  await page.getByLabel(form.firstName, { exact: true }).fill('Marija');
  await page.getByLabel(form.lastName, { exact: true }).fill('Žagar');
  await page.getByLabel(form.email, { exact: true }).fill('marija.zagar@primer.si');
  await page.getByLabel(form.password, { exact: true }).fill('lipa2026');
  await button(page, form.submit).scrollIntoViewIfNeeded();
  await shoot('register');
  const password = 'Lipa-2026-pod';
  await page.getByLabel(form.password, { exact: true }).fill(password);
  await page.getByLabel(form.repeat).fill(password);
  await button(page, form.submit).click();
  await page.getByText(words.slips.welcome.title).waitFor();
  await shoot('welcome');
}

/** A resident with one payer: all pages of theirs. */
export async function walkResident(tour) {
  const { page, words, shoot } = tour;
  const { shell, slips } = words;
  await menu(page, shell.slips).click();
  await shoot('slips');
  await button(page, slips.year.save).scrollIntoViewIfNeeded();
  await shoot('slips-year');
  await menu(page, shell.home).click();
  await page.locator('.qr').first().waitFor();
  // What was said about the address before lies over the picture.
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await shoot('home');
  await page.getByRole('link', { name: slips.open }).click();
  await heading(page, slips.items).or(page.locator('.unit')).first().waitFor();
  await shoot('slip');
  await page.locator('.unit').first().scrollIntoViewIfNeeded();
  await shoot('slip-items');
  await button(page, slips.showPdf).click();
  await page.locator('iframe').waitFor();
  // The viewer says nothing when it has drawn. Playwright's pictures show its frame wider than it is: the window does not.
  await page.waitForTimeout(3000);
  await shoot('slip-pdf');
  await menu(page, shell.profile).click();
  await shoot('profile');
  await walkLinks(tour);
}

/** A link from a letter: for who is signed in, for a guest, and for another portal. Ends signed out. */
async function walkLinks(tour) {
  const { page, words, address, demonstration, shoot, openLink } = tour;
  const { link: notice, registration } = words.guest;
  const { manager, managers } = await (await fetch(`${address}/api/v1/portal`)).json();
  const { id } = manager ?? managers[0];
  const to = (portal, code = demonstration.registration.payerCode) =>
    openLink(registrationLink({ portal, manager: id, code }));
  await to(address, '999999');
  await dialog(page).waitFor();
  await shoot('link-signed-in');
  await button(dialog(page), words.action.close).last().click();
  await signOut(tour);
  await to(address);
  await page.getByText(notice.filled).waitFor();
  await shoot('register-link');
  await link(page, registration.haveAccount).click();
  await to('https://portal.drugi-upravnik.si');
  await dialog(page).waitFor();
  await shoot('link-elsewhere');
  await button(page, notice.keep).click();
}

/** Signed in elsewhere: asked before that ends, and told when this one does. Ends signed in. */
async function walkOneSession(tour) {
  const { page, words, address, shoot } = tour;
  const { takeOver, signIn: form } = words.guest;
  const { email, password } = person(tour, 'resident');
  const signInElsewhere = () =>
    fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, device: 'Windows, DNEVNA-SOBA', takeOver: true }),
    });
  const signInHere = async () => {
    await page.getByLabel(form.email).fill(email);
    await page.getByLabel(form.password, { exact: true }).fill(password);
    await button(page, form.submit).click();
    await button(page, takeOver.confirm).waitFor();
  };
  await signInElsewhere();
  await signInHere();
  await shoot('session-active');
  await button(page, takeOver.confirm).click();
  await page.getByRole('navigation').waitFor();
  await signInElsewhere();
  await menu(page, words.shell.slips).click();
  await heading(page, form.title).waitFor();
  await shoot('session-displaced');
  await signInHere();
  await button(page, takeOver.confirm).click();
}

/** A resident with premises at two managers, without eRačun at one of them; then without a connection. */
export async function walkTwoManagers(tour) {
  const { page, words, shoot, stopServer } = tour;
  await walkOneSession(tour);
  await page.locator('.qr').first().waitFor();
  await shoot('home-two-managers');
  await page.getByText(words.slips.subscribe.title).first().scrollIntoViewIfNeeded();
  await shoot('home-no-channel');
  await stopServer();
  await menu(page, words.shell.slips).click();
  await menu(page, words.shell.home).click();
  await page.locator('.offline').waitFor();
  await shoot('home-offline');
  await button(page, words.shell.signOut).click();
  await dialog(page).waitFor();
  await shoot('sign-out-offline');
}
