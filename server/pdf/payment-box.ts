import type { PaymentOrder } from '../../contract/slips.ts';
import { formatIban } from '../payments/iban.ts';
import { formatReference } from '../payments/reference.ts';
import type { Flow } from './flow.ts';
import { formatDay, formatEuros } from './format.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { drawUpnCode, upnCodeSide } from './upn-code.ts';

const padding = mm(5);
const boxHeight = upnCodeSide + 2 * padding;
const titleHeight = mm(9);
const codeWidth = upnCodeSide + mm(7);

const labelStyle: TextStyle = { font: 'regular', size: 7.2, color: colours.secondInk };
const textStyle: TextStyle = { font: 'regular', size: 9 };
const strongStyle: TextStyle = { font: 'semibold', size: 9.5 };
const codeStyle: TextStyle = { font: 'mono', size: 10.5 };

interface Area {
  readonly x: number;
  readonly width: number;
}

const middle: Area = { x: page.left + padding + codeWidth, width: mm(72) };
const right: Area = {
  x: middle.x + middle.width + mm(6),
  width: page.right - padding - middle.x - middle.width - mm(6),
};

function field(sheet: Sheet, label: string, text: string, style: TextStyle, place: Area & { y: number }): number {
  sheet.line(label, labelStyle, place);
  const y = place.y + sheet.height(1, labelStyle);
  sheet.line(text, style, { ...place, y });
  return y + sheet.height(1, style);
}

/** Whom the money goes to: each line is set smaller where it has to be, so that the box keeps its height. */
function drawRecipient(sheet: Sheet, order: PaymentOrder, top: number): void {
  const address = `${order.recipientStreet}, ${order.recipientTown}`;
  const name = field(sheet, 'Prejemnik', order.recipientName, strongStyle, { ...middle, y: top });
  sheet.line(address, textStyle, { ...middle, y: name });
  const iban = { ...middle, y: name + sheet.height(1, textStyle) + mm(1.1) };
  const reference = field(sheet, 'IBAN prejemnika', formatIban(order.iban), codeStyle, iban) + mm(1.1);
  const purpose = field(sheet, 'Referenca', formatReference(order.reference), codeStyle, { ...middle, y: reference });
  field(sheet, 'Namen', `${order.purposeCode}  ${order.purpose}`, textStyle, { ...middle, y: purpose + mm(1.1) });
}

function drawAmount(sheet: Sheet, order: PaymentOrder, top: number): void {
  const amount = field(
    sheet,
    'Znesek',
    formatEuros(order.amountCents),
    { font: 'bold', size: 19 },
    { ...right, y: top },
  );
  field(sheet, 'Rok plačila', formatDay(order.dueDate), { font: 'bold', size: 12 }, { ...right, y: amount + mm(2) });
}

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
  flow.need(titleHeight + boxHeight);
  sheet.perforation(flow.y);
  sheet.line(title, { font: 'bold', size: 10 }, { x: page.left, y: flow.y + mm(2.6), width: mm(70) });
  const hint = order.qrPath === null ? '' : 'Kodo UPN QR skenirajte v mobilni banki ali na bankomatu.';
  sheet.line(hint, labelStyle, { x: page.left + mm(70), y: flow.y + mm(3.4), width: contentWidth - mm(70), align: 'right' }); // prettier-ignore
  const top = flow.y + titleHeight;
  sheet.box(page.left, top, contentWidth, boxHeight);
  if (order.qrPath === null) drawNoCode(sheet, order, top + padding);
  else drawUpnCode(sheet, order.qrPath, page.left + padding, top + padding);
  drawRecipient(sheet, order, top + padding);
  drawAmount(sheet, order, top + padding);
  flow.y = top + boxHeight + mm(5);
}
