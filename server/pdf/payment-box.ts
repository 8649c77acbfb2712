import type { PaymentOrder } from '../../contract/slips.ts';
import { formatIban } from '../payments/iban.ts';
import { formatReference } from '../payments/reference.ts';
import type { Flow } from './flow.ts';
import { formatDay, formatEuros } from './format.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { drawUpnCode, upnCodeSide } from './upn-code.ts';

const padding = mm(5);
const titleHeight = mm(9);
const codeWidth = upnCodeSide + mm(7);

const labelStyle: TextStyle = { font: 'regular', size: 7.2, color: colours.secondInk };
const textStyle: TextStyle = { font: 'regular', size: 9 };
const strongStyle: TextStyle = { font: 'semibold', size: 9.5 };
const codeStyle: TextStyle = { font: 'mono', size: 10.5 };

const amountStyle: TextStyle = { font: 'bold', size: 19 };
const dueStyle: TextStyle = { font: 'bold', size: 12 };

const middle = { x: page.left + padding + codeWidth, width: mm(72) };
const right = {
  x: middle.x + middle.width + mm(6),
  width: contentWidth - codeWidth - middle.width - mm(6) - 2 * padding,
};

/** A label with what it names below it. */
interface Field {
  readonly label: string;
  readonly parts: readonly { readonly lines: readonly string[]; readonly style: TextStyle }[];
}

const fieldGap = mm(1.1);

/** Names and the purpose wrap; account and reference are one line, as they are typed. */
function recipientFields(sheet: Sheet, order: PaymentOrder): Field[] {
  const wrapped = (text: string, style: TextStyle) => ({ style, lines: sheet.wrap(text, style, middle.width) });
  const { recipientName, recipientStreet, recipientTown } = order;
  const address = wrapped([recipientStreet, recipientTown].filter(Boolean).join(', '), textStyle);
  return [
    { label: 'Prejemnik', parts: [wrapped(recipientName, strongStyle), address] },
    { label: 'IBAN prejemnika', parts: [{ lines: [formatIban(order.iban)], style: codeStyle }] },
    { label: 'Sklic', parts: [{ lines: [formatReference(order.reference)], style: codeStyle }] },
    { label: 'Koda in namen', parts: [wrapped(`${order.purposeCode}  ${order.purpose}`, textStyle)] },
  ];
}

function fieldHeight(sheet: Sheet, { parts }: Field): number {
  const heights = parts.map(({ lines, style }) => sheet.height(lines.length, style));
  return heights.reduce((sum, height) => sum + height, sheet.height(1, labelStyle)) + fieldGap;
}

function drawFields(sheet: Sheet, fields: readonly Field[], area: { x: number; width: number }, top: number): void {
  let y = top;
  for (const field of fields) {
    sheet.line(field.label, labelStyle, { ...area, y });
    let next = y + sheet.height(1, labelStyle);
    for (const { lines, style } of field.parts) next = sheet.lines(lines, style, { ...area, y: next });
    y += fieldHeight(sheet, field);
  }
}

const amountFields = ({ amountCents, dueDate }: PaymentOrder): Field[] => [
  { label: 'Znesek', parts: [{ lines: [formatEuros(amountCents)], style: amountStyle }] },
  { label: 'Rok plačila', parts: [{ lines: [formatDay(dueDate)], style: dueStyle }] },
];

/** In the place of the code, where there is nothing to scan. */
function drawNoCode(sheet: Sheet, { amountCents }: PaymentOrder, top: number): void {
  const text =
    amountCents < 0
      ? 'Znesek je v vaše dobro. Ne plačajte ga.'
      : amountCents === 0
        ? 'Tega naloga vam ni treba plačati.'
        : 'Za ta nalog kode UPN QR ni. Pri plačilu prepišite podatke na desni.';
  sheet.paragraph(text, textStyle, { x: page.left + padding, y: top, width: upnCodeSide });
}

/**
 * The part that is paid, in the straw of the UPN form under its perforation, on one page always. The code has its
 * printed size; the text beside it is for those who type.
 */
export function drawPaymentBox(sheet: Sheet, flow: Flow, order: PaymentOrder, title: string): void {
  const fields = recipientFields(sheet, order);
  const textHeight = fields.reduce((sum, field) => sum + fieldHeight(sheet, field), -fieldGap);
  const height = Math.max(upnCodeSide, textHeight) + 2 * padding;
  flow.need(titleHeight + height);
  sheet.perforation(flow.y);
  sheet.line(title, { font: 'bold', size: 10 }, { x: page.left, y: flow.y + mm(2.6), width: mm(70) });
  const hint = order.qrPath === null ? '' : 'Kodo UPN QR skenirajte z mobilno banko.';
  sheet.line(hint, labelStyle, { x: page.right - mm(80), y: flow.y + mm(3.4), width: mm(80), align: 'right' });
  const top = flow.y + titleHeight;
  sheet.box(page.left, top, contentWidth, height);
  if (order.qrPath === null) drawNoCode(sheet, order, top + padding);
  else drawUpnCode(sheet, order.qrPath, page.left + padding, top + padding);
  drawFields(sheet, fields, middle, top + padding);
  drawFields(sheet, amountFields(order), right, top + padding);
  flow.y = top + height + mm(5);
}
