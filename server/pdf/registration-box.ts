import QRCode from 'qrcode';
import { formatSlipPassword } from '../../contract/schemas/slip-password.ts';
import type { Part } from './flow.ts';
import { formatMoment } from './format.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import { shownAddress } from './shown-address.ts';
import type { Modules, Sheet, TextStyle } from './sheet.ts';
import type { RegistrationBox } from './slip-document.ts';

const height = mm(50);
const padding = mm(5);
const codeSide = mm(27);

const titleStyle: TextStyle = { font: 'bold', size: 11 };
const labelStyle: TextStyle = { font: 'regular', size: 7.5, color: colours.secondInk };
const bodyStyle: TextStyle = { font: 'regular', size: 8.5 };

const left = { x: page.left + padding, width: mm(70) };
const middle = { x: left.x + left.width + mm(6), width: mm(48) };
const right = { x: page.right - padding - codeSide, width: codeSide };

const steps = [
  'Na računalniku odprite program iiPortal. Če ga še nimate, ga dobite pri upravniku.',
  'Izberite REGISTRACIJA ter vpišite šifro plačnika in geslo iz tega okvirja.',
  'Izberite si svoje geslo. Odslej so razdelilniki tudi na vašem računalniku.',
];

function linkModules(link: string): Modules {
  const { size, data } = QRCode.create(link, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => data[y * size + x] === 1));
}

interface Field {
  readonly label: string;
  readonly text: string;
  readonly style: TextStyle;
}

function drawFields(
  sheet: Sheet,
  { portalAddress, slipPassword, expiresAt }: RegistrationBox,
  code: string,
  top: number,
): void {
  const fields: readonly Field[] = [
    { label: 'Šifra plačnika', text: code, style: { font: 'mono', size: 13 } },
    { label: 'Geslo z razdelilnika', text: formatSlipPassword(slipPassword), style: { font: 'mono', size: 19 } },
    { label: 'Naslov portala', text: shownAddress(portalAddress), style: { font: 'semibold', size: 9.5 } },
  ];
  let y = top;
  for (const { label, text, style } of fields) {
    sheet.tag('P', () => {
      sheet.line(label, labelStyle, { ...left, y });
      sheet.line(text, style, { ...left, y: y + sheet.height(1, labelStyle) - 1 });
    });
    y += sheet.height(1, labelStyle) + sheet.height(1, style) + 1;
  }
  sheet.line(`Geslo velja do ${formatMoment(expiresAt)} in samo za eno registracijo.`, labelStyle, { ...left, y });
}

function drawSteps(sheet: Sheet, top: number): void {
  const indent = mm(4.5);
  let y = top;
  steps.forEach((text, index) => {
    sheet.tag('P', () => {
      sheet.line(`${index + 1}.`, { ...bodyStyle, font: 'bold', color: colours.accent }, { ...middle, y });
      y = sheet.paragraph(text, bodyStyle, { x: middle.x + indent, y, width: middle.width - indent }) + 2.5;
    });
  });
}

/** Dark on white with its quiet zone of four modules, and below it what it does. */
function drawLink(sheet: Sheet, link: string, top: number): void {
  const rows = linkModules(link);
  const module = codeSide / (rows.length + 8);
  sheet.rect([right.x, top, codeSide, codeSide], colours.white);
  const draw = (): void => sheet.modules(rows, right.x + 4 * module, top + 4 * module, module);
  sheet.tag('Figure', draw, 'Koda QR, ki odpre registracijo v programu iiPortal');
  const text = 'Koda odpre registracijo v programu iiPortal: upravnik in šifra sta že vpisana.';
  sheet.paragraph(text, { ...labelStyle, size: 6.5 }, { ...right, y: top + codeSide + 3 });
}

/** How a payer without an account gets one: what has to be copied, large, and what to do. */
export function registrationPart(sheet: Sheet, box: RegistrationBox, payerCode: string): Part {
  const draw = (y: number): void => {
    sheet.box(page.left, y, contentWidth, height);
    const title = { ...left, y: y + mm(3.4), width: middle.x + middle.width - left.x };
    sheet.tag('H2', () => sheet.line('Vaš razdelilnik tudi na računalniku', titleStyle, title));
    const top = y + mm(10.5);
    drawFields(sheet, box, payerCode, top);
    drawSteps(sheet, top);
    drawLink(sheet, box.link, y + mm(5));
  };
  return { height, draw: (flow) => flow.put({ height, draw }) };
}
