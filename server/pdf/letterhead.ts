import { colours, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import type { Logo } from './slip-document.ts';

/** Who writes. The contract's manager is one. */
export interface Sender {
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly taxNumber?: string | null;
}

export interface Addressee {
  readonly name: string;
  readonly street: string;
  readonly town: string;
}

const headTop = mm(13.4);
const headWidth = mm(96);
const logoArea = { width: mm(36), height: mm(24) };
const nameStyle: TextStyle = { font: 'bold', size: 13, color: colours.accent };
const smallStyle: TextStyle = { font: 'regular', size: 8.5, color: colours.secondInk };

/** The logo as large as its area takes it, its proportions kept. Returns how wide it is with the gap beside it. */
function drawLogo(sheet: Sheet, logo: Logo): number {
  const scale = Math.min(logoArea.width / logo.width, logoArea.height / logo.height);
  const width = logo.width * scale;
  const area = [page.left, headTop + 1, width, logo.height * scale] as const;
  sheet.tag('Figure', () => sheet.image(logo, area), 'Logotip upravnika');
  return width + mm(5);
}

/** Identified for VAT (SI12345678) or not. */
const taxText = (taxNumber: string): string =>
  `${taxNumber.toUpperCase().startsWith('SI') ? 'ID za DDV' : 'Davčna številka'}: ${taxNumber}`;

/**
 * The manager at the top left: logo where there is one, name, address, how to reach the office. It ends above 45 mm,
 * where the window of the envelope begins, however long the texts are.
 */
export function drawSender(sheet: Sheet, sender: Sender, logo: Logo | null = null): void {
  const { name, street, town, email, phone, taxNumber } = sender;
  const indent = logo ? drawLogo(sheet, logo) : 0;
  const place = { x: page.left + indent, y: headTop, width: headWidth - indent };
  const title = sheet.fit([name], nameStyle, [13, 11, 9, 7, 5.5], { width: place.width, height: mm(12) });
  const below = sheet.lines(title.lines, title.style, place);
  const contact = logo ? [phone, email] : [[phone, email].filter(Boolean).join('  ·  ')];
  const texts = [street, town, ...contact, taxNumber ? taxText(taxNumber) : ''].filter((text) => text !== null);
  const area = { width: place.width, height: mm(44) - below - 1.5 };
  const small = sheet.fit(texts, smallStyle, [8.5, 7, 6, 5, 4], area);
  sheet.lines(small.lines, small.style, { ...place, y: below + 1.5 });
}

/**
 * The payer in the window of an envelope, DL or C5 with the window on the left: the field is 20 to 110 mm from the
 * left and 45 to 90 mm from the top (DIN 5008, form B; the window of DIN 680 shows it), the text 5 mm inside.
 */
export function drawAddress(sheet: Sheet, { name, street, town }: Addressee): void {
  const area = { width: mm(80), height: mm(32) };
  const style: TextStyle = { font: 'regular', size: 11 };
  const fitted = sheet.fit([name, street, town], style, [11, 9.5, 8, 7, 6], area);
  sheet.lines(fitted.lines, fitted.style, { x: mm(25), y: mm(53), width: area.width });
}
