import { formatSlipPassword } from '../../contract/schemas/slip-password.ts';
import { formatMoment } from './format.ts';
import { drawAddress, drawSender, type Addressee, type Sender } from './letterhead.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Place, Sheet, TextStyle } from './sheet.ts';
import { shownAddress } from './shown-address.ts';

/** What one payer is told. */
export interface Letter extends Addressee {
  readonly code: string;
  /** As it is compared, without hyphens. */
  readonly password: string;
}

/** What all letters of a batch say. */
export interface LettersHead {
  readonly manager: Sender;
  /** `https://portal.upravnik.si`. */
  readonly portalAddress: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const bodyStyle: TextStyle = { font: 'regular', size: 11 };
const labelStyle: TextStyle = { font: 'regular', size: 8.5, color: colours.secondInk };
const column = { x: page.left, width: contentWidth };

function drawOpening(sheet: Sheet, { issuedAt }: LettersHead): number {
  sheet.line(formatMoment(issuedAt), bodyStyle, { x: mm(124), y: mm(53), width: page.right - mm(124), align: 'right' });
  const title: TextStyle = { font: 'bold', size: 17 };
  const next = sheet.paragraph('Vaš dostop do portala iiPortal', title, { ...column, y: mm(97) });
  const text =
    'Na portalu vidite svoje razdelilnike stroškov: kaj plačujete, komu in do kdaj. Najprej se enkrat registrirajte ' +
    's podatki iz tega pisma.';
  return sheet.paragraph(text, bodyStyle, { ...column, y: next + mm(2) });
}

interface Field extends Place {
  readonly label: string;
  readonly text: string;
  readonly style: TextStyle;
}

function drawField(sheet: Sheet, { label, text, style, ...place }: Field): void {
  sheet.line(label, labelStyle, place);
  sheet.line(text, style, { ...place, y: place.y + sheet.height(1, labelStyle) });
}

/** The tear-off: what has to be copied, large, in letters that cannot be mistaken. Returns the place below. */
function drawCodes(sheet: Sheet, letter: Letter, { portalAddress, expiresAt }: LettersHead, top: number): number {
  const y = top + mm(5);
  const height = mm(47);
  const x = page.left + mm(7);
  const right = page.left + contentWidth / 2 + mm(3);
  const half = contentWidth / 2 - mm(10);
  const whole = { x, width: contentWidth - mm(14) };
  const address = { label: 'Naslov portala', text: shownAddress(portalAddress) };
  const code = { label: 'Šifra plačnika', text: letter.code };
  const password = { label: 'Geslo z razdelilnika', text: formatSlipPassword(letter.password) };
  sheet.perforation(top);
  sheet.box(page.left, y, contentWidth, height);
  drawField(sheet, { ...address, style: { font: 'semibold', size: 13 }, x, width: half, y: y + mm(6) });
  drawField(sheet, { ...code, style: { font: 'mono', size: 15 }, x: right, width: half, y: y + mm(6) });
  drawField(sheet, { ...password, style: { font: 'mono', size: 26 }, ...whole, y: y + mm(21) });
  const validity = `Geslo velja do ${formatMoment(expiresAt)} in samo za eno registracijo.`;
  sheet.line(validity, labelStyle, { ...whole, y: y + mm(39) });
  sheet.perforation(y + height + mm(5));
  return y + height + mm(5);
}

const steps = (address: string): readonly string[] => [
  'Na računalniku odprite program iiPortal. Če ga še nimate, ga dobite pri upravniku.',
  `Če vas program vpraša za naslov portala, vpišite ${address}.`,
  'Izberite REGISTRACIJA.',
  'Vpišite šifro plačnika in geslo z razdelilnika iz okvirja zgoraj, nato ime, priimek in svoj e-naslov.',
  'Izberite si svoje geslo: vsaj 8 znakov, med njimi velika in mala črka, številka in poseben znak (npr. ! ali -).',
  'Odslej se prijavljate s svojim e-naslovom in geslom, ki ste si ga izbrali. To pismo uničite.',
];

function drawSteps(sheet: Sheet, { portalAddress }: LettersHead, top: number): number {
  const heading: TextStyle = { font: 'bold', size: 12.5 };
  let y = sheet.paragraph('Kako se registrirate', heading, { ...column, y: top + mm(5) }) + mm(1.5);
  steps(shownAddress(portalAddress)).forEach((text, index) => {
    sheet.line(
      `${index + 1}.`,
      { ...bodyStyle, font: 'bold', color: colours.accent },
      { x: page.left, y, width: mm(7) },
    );
    y = sheet.paragraph(text, bodyStyle, { x: page.left + mm(7), y, width: contentWidth - mm(7) }) + mm(1.4);
  });
  return y;
}

function drawHelp(sheet: Sheet, { manager: { phone, email, street, town } }: LettersHead, top: number): void {
  const ways = [phone && `pokličite ${phone}`, email && `pišite na ${email}`].filter(Boolean);
  const way = ways.length > 0 ? ways.join(' ali ') : `oglasite se v pisarni, ${street}, ${town}`;
  const heading: TextStyle = { font: 'bold', size: 12.5 };
  const y = sheet.paragraph('Če ne gre', heading, { ...column, y: top + mm(3) }) + mm(1);
  const text =
    `Preverite, ali ste šifro in geslo prepisali natanko tako, kot sta natisnjena; velikost črk in vezaji ` +
    `niso pomembni. Če še vedno ne gre ali je geslo poteklo, ${way}. Dobili boste novo geslo. ` +
    `Gesla iz tega pisma ne povejte nikomur, tudi po telefonu ne.`;
  sheet.paragraph(text, bodyStyle, { ...column, y });
}

/** One letter on the page that has just been added. */
export function drawLetter(sheet: Sheet, letter: Letter, head: LettersHead): void {
  drawSender(sheet, head.manager);
  drawAddress(sheet, letter);
  const codes = drawCodes(sheet, letter, head, drawOpening(sheet, head) + mm(6));
  drawHelp(sheet, head, drawSteps(sheet, head, codes));
}
