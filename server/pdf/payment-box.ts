import type { PaymentOrder } from '../../contract/slips.ts';
import { formatIban } from '../payments/iban.ts';
import { formatReference } from '../payments/reference.ts';
import type { Part } from './flow.ts';
import { formatDay, formatEuros } from './format.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';

const padding = mm(4);

const titleStyle: TextStyle = { font: 'bold', size: 10 };
const labelStyle: TextStyle = { font: 'regular', size: 7.2, color: colours.secondInk };
const textStyle: TextStyle = { font: 'regular', size: 9 };
const strongStyle: TextStyle = { font: 'semibold', size: 9.5 };
const codeStyle: TextStyle = { font: 'mono', size: 10.5 };

const whole = { x: page.left + padding, width: contentWidth - 2 * padding };
const left = { x: whole.x, width: mm(104) };
const right = { x: left.x + left.width + mm(6), width: whole.width - left.width - mm(6) };

/** A label with what it names below it. */
interface Field {
  readonly label: string;
  readonly lines: readonly string[];
  readonly style: TextStyle;
}

const fieldGap = mm(1.1);

/** Names and the purpose wrap; account and reference are one line, as they are typed. */
function recipientFields(sheet: Sheet, order: PaymentOrder): Field[] {
  const { recipientName, recipientStreet, recipientTown } = order;
  const recipient = [recipientName, recipientStreet, recipientTown].filter(Boolean).join(', ');
  return [
    { label: 'Prejemnik', lines: sheet.wrap(recipient, strongStyle, left.width), style: strongStyle },
    { label: 'IBAN prejemnika', lines: [formatIban(order.iban)], style: codeStyle },
    { label: 'Sklic', lines: [formatReference(order.reference)], style: codeStyle },
    {
      label: 'Koda in namen',
      lines: sheet.wrap(`${order.purposeCode}  ${order.purpose}`, textStyle, left.width),
      style: textStyle,
    },
  ];
}

const amountFields = ({ amountCents, dueDate }: PaymentOrder): Field[] => [
  { label: 'Znesek', lines: [formatEuros(amountCents)], style: { font: 'bold', size: 17 } },
  { label: 'Rok plačila', lines: [formatDay(dueDate)], style: { font: 'bold', size: 11 } },
];

const fieldHeight = (sheet: Sheet, { lines, style }: Field): number =>
  sheet.height(1, labelStyle) + sheet.height(lines.length, style) + fieldGap;

function drawFields(sheet: Sheet, fields: readonly Field[], area: { x: number; width: number }, top: number): void {
  let y = top;
  for (const field of fields) {
    sheet.tag('P', () => {
      sheet.line(field.label, labelStyle, { ...area, y });
      sheet.lines(field.lines, field.style, { ...area, y: y + sheet.height(1, labelStyle) });
    });
    y += fieldHeight(sheet, field);
  }
}

/** A box that is never split. */
const solid = (height: number, draw: (y: number) => void): Part => ({
  height,
  draw: (flow) => flow.put({ height, draw }),
});

/** The data of an order that no code can say, to be copied. */
function copyPart(sheet: Sheet, order: PaymentOrder, title: string): Part {
  const fields = recipientFields(sheet, order);
  const headHeight = sheet.height(1, titleStyle) + sheet.height(1, textStyle) + mm(2);
  const fieldsHeight = fields.reduce((sum, field) => sum + fieldHeight(sheet, field), 0);
  const height = headHeight + fieldsHeight + 2 * padding;
  return solid(height, (y) => {
    sheet.box(page.left, y, contentWidth, height);
    const next = sheet.lines([title], titleStyle, { ...whole, y: y + padding });
    const text = 'Za ta nalog obrazca s kodo QR ni. Pri plačilu prepišite te podatke.';
    sheet.line(text, textStyle, { ...whole, y: next });
    drawFields(sheet, fields, left, y + padding + headHeight);
    drawFields(sheet, amountFields(order), right, y + padding + headHeight);
  });
}

/** An order by which nothing is paid. */
function sentencePart(sheet: Sheet, { amountCents, purpose }: PaymentOrder, title: string): Part {
  const sentence = amountCents < 0 ? 'Znesek je v vaše dobro. Ne plačajte ga.' : 'Tega naloga vam ni treba plačati.';
  const amountWidth = mm(44);
  const lines = sheet.wrap(`${title}: ${purpose}`, titleStyle, whole.width - amountWidth - mm(4));
  const height = sheet.height(lines.length, titleStyle) + sheet.height(1, textStyle) + 2 * padding;
  return solid(height, (y) => {
    sheet.box(page.left, y, contentWidth, height, { fill: colours.ground });
    const next = sheet.lines(lines, titleStyle, { ...whole, y: y + padding });
    sheet.line(sentence, textStyle, { ...whole, y: next });
    const amount = { x: page.right - padding - amountWidth, y: y + padding, width: amountWidth } as const;
    sheet.line(formatEuros(amountCents), titleStyle, { ...amount, align: 'right' });
  });
}

/** An order that has no form: nothing to pay, or data that the standard does not let into a code. */
export const plainOrderPart = (sheet: Sheet, order: PaymentOrder, title: string): Part =>
  order.amountCents > 0 ? copyPart(sheet, order, title) : sentencePart(sheet, order, title);
