import { colours, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';

/** Who writes. The contract's manager is one. */
export interface Sender {
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Addressee {
  readonly name: string;
  readonly street: string;
  readonly town: string;
}

const headWidth = mm(96);
const nameStyle: TextStyle = { font: 'bold', size: 13, color: colours.accent };
const smallStyle: TextStyle = { font: 'regular', size: 8.5, color: colours.secondInk };

/**
 * The manager at the top left: name, address, how to reach the office. It ends above 45 mm, where the window of the
 * envelope begins, however long the texts are.
 */
export function drawSender(sheet: Sheet, { name, street, town, email, phone }: Sender): void {
  const place = { x: page.left, y: mm(13.4), width: headWidth };
  const title = sheet.fit([name], nameStyle, [13, 11, 9, 7], { width: headWidth, height: mm(12) });
  const below = sheet.lines(title.lines, title.style, place);
  const texts = [street, town, [phone, email].filter(Boolean).join('  ·  ')].filter(Boolean);
  const small = sheet.fit(texts, smallStyle, [8.5, 7, 6, 5], { width: headWidth, height: mm(18) });
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
