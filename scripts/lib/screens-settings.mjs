/* The walk through what an admin sets for the slips: patterns with their preview, the account, the logo. */
import { deflateSync, crc32 } from 'node:zlib';
import { button, dialog, heading, menu, person, signIn, signOut } from './screens-walks.mjs';

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A logo: two roofs, as a PNG without anything around them. */
function drawLogo(width = 360, height = 160) {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [first, second] = [Math.abs(x - 110) < y * 0.75, Math.abs(x - 240) < (y - 40) * 0.75];
      const pixel = first ? [13, 92, 99, 255] : second ? [168, 67, 13, 255] : [0, 0, 0, 0];
      rows.set(pixel, y * (1 + width * 4) + 1 + x * 4);
    }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

/** Begins and ends at the sign-in. */
export async function walkSettings(tour) {
  const { page, words, shoot } = tour;
  const form = words.managerSettings;
  await signIn(tour, person(tour, 'admin'));
  await menu(page, form.menu).click();
  await page.getByLabel(form.manager.name, { exact: true }).waitFor();
  await shoot('settings-manager');
  await menu(page, form.part.slip).click();
  await heading(page, form.preview.title).waitFor();
  await page.getByText(form.preview.reference, { exact: true }).waitFor();
  await shoot('settings');
  await page.getByLabel(form.referenceTemplate, { exact: true }).fill('SI12 {payer}-{period}');
  await page.locator('.fault').first().waitFor();
  await shoot('settings-fault');
  await page.getByLabel(form.pattern, { exact: true }).selectOption('RF {payer}{period}');
  await page
    .getByText(/RF\d\d/)
    .first()
    .waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'znak.png', mimeType: 'image/png', buffer: drawLogo() });
  await page.getByRole('img', { name: form.logo.alt }).waitFor();
  await heading(page, form.title).scrollIntoViewIfNeeded();
  await shoot('settings-logo');
  await page.getByLabel(form.slipNote, { exact: true }).scrollIntoViewIfNeeded();
  await shoot('settings-changed');
  await menu(page, form.part.mails).click();
  await dialog(page).waitFor();
  await shoot('settings-leave');
  await button(page, form.leave.confirm).click();
  await heading(page, form.preview.title).waitFor();
  await page.getByLabel(form.mails.mailSlipText, { exact: true }).fill('Novembra se spremeni cena vode.');
  await page.locator('.mail').getByText('Novembra').waitFor();
  await shoot('settings-mails');
  await button(page, form.reset).click();
  await menu(page, form.part.hosts).click();
  await page.getByLabel(form.hosts.new, { exact: true }).waitFor();
  await shoot('settings-hosts');
  await menu(page, form.part.audit).click();
  await page.getByRole('row').nth(1).waitFor();
  await shoot('audit-log');
  await signOut(tour);
}
