import type { PaymentOrder, Slip } from '../../contract/slips.ts';
import { formatIban } from '../payments/iban.ts';
import { formatReference } from '../payments/reference.ts';
import { formatDay, formatEuros } from './format.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { drawUpnForm, formTop } from './upn-form/upn-form.ts';
import { formValues, type FormValues } from './upn-form/values.ts';

/** A payment order of a slip, with what its form says where it has one. */
export interface SlipOrder {
  readonly order: PaymentOrder;
  /** `Plačilni nalog 1 od 2` */
  readonly title: string;
  readonly form: FormValues | undefined;
}

export interface SlipForm extends SlipOrder {
  readonly form: FormValues;
}

/** The orders of a slip in their order. */
export const slipOrders = ({ paymentOrders, payer }: Slip): SlipOrder[] =>
  paymentOrders.map((order, index, { length }) => ({
    order,
    title: length === 1 ? 'Plačilni nalog' : `Plačilni nalog ${index + 1} od ${length}`,
    form: formValues(order, payer),
  }));

export const hasForm = (order: SlipOrder): order is SlipForm => order.form !== undefined;

/** The line above the form: how to pay on the left, the number of the page on the right. */
export const formFootTop = formTop - mm(5.6);

const headingTop = formFootTop - mm(14.5);

/** Where content ends on a page with a form: above the form's heading, which only one of several has. */
export const formBottom = (forms: number): number => (forms > 1 ? headingTop : formFootTop) - mm(2.5);

const titleStyle: TextStyle = { font: 'bold', size: 12 };
const purposeStyle: TextStyle = { font: 'regular', size: 9.5 };
const amountStyle: TextStyle = { font: 'bold', size: 15 };
const dueStyle: TextStyle = { font: 'semibold', size: 9.5 };
const amountWidth = mm(58);

/** Which of the forms this is, and what it is for. */
function drawHeading(sheet: Sheet, { order, title }: SlipForm): void {
  sheet.rule(headingTop, { color: colours.secondInk, width: 0.5 });
  const left = { x: page.left, width: contentWidth - amountWidth - mm(4) };
  const right = { x: page.right - amountWidth, width: amountWidth, align: 'right' } as const;
  sheet.tag('H2', () => sheet.line(title, titleStyle, { ...left, y: headingTop + mm(1.6) }));
  const purpose = sheet.clip(order.purpose, purposeStyle, left.width);
  sheet.line(purpose, purposeStyle, { ...left, y: headingTop + mm(7.4) });
  sheet.line(formatEuros(order.amountCents), amountStyle, { ...right, y: headingTop + mm(0.8) });
  sheet.line(`do ${formatDay(order.dueDate)}`, dueStyle, { ...right, y: headingTop + mm(7.4) });
}

/** For those who do not see the form: all that they need to pay. */
const formInWords = (order: PaymentOrder): string =>
  [
    `Obrazec UPN QR s kodo QR. Znesek ${formatEuros(order.amountCents)}, rok plačila ${formatDay(order.dueDate)}.`,
    `Prejemnik ${order.recipientName}, IBAN ${formatIban(order.iban)}, sklic ${formatReference(order.reference)}.`,
    `Koda namena ${order.purposeCode}, namen ${order.purpose}.`,
  ].join(' ');

/** The form on the bottom of the page; one of several says above it what it is for. */
export function drawSlipForm(sheet: Sheet, form: SlipForm, forms: number): void {
  if (forms > 1) drawHeading(sheet, form);
  const hint = 'Kodo QR skenirajte z mobilno banko ali pa z obrazcem plačajte na banki ali pošti.';
  sheet.line(hint, { font: 'semibold', size: 8.5 }, { x: page.left, y: formFootTop, width: mm(134) });
  sheet.tag('Figure', () => drawUpnForm(sheet, form.form), formInWords(form.order));
}
