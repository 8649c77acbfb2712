import type { PaymentOrder, Slip } from '../../../contract/slips.ts';
import { formatUpnAmount } from '../../payments/amount.ts';
import { formatIban } from '../../payments/iban.ts';
import { toLatin2 } from '../../payments/latin2.ts';
import { formatReference } from '../../payments/reference.ts';
import { upnDate } from '../../payments/upn-date.ts';
import { fitUpnText, upnFieldLimits, upnPayload } from '../../payments/upn-qr.ts';
import { upnSymbol, type UpnSymbol } from '../../payments/upn-symbol.ts';
import type { BoxName } from './geometry.ts';

/** A text in the letters of the QR code: as long as it is, and as the code has it. */
export interface Value {
  readonly full: string;
  readonly short: string;
}

/** What a form says. */
export interface FormValues {
  readonly code: UpnSymbol;
  /** One row of text each, or a row of its own for each text. */
  readonly order: Readonly<Partial<Record<BoxName, readonly Value[]>>>;
  readonly receipt: {
    readonly payer: readonly Value[];
    readonly purpose: Value;
    readonly amount: Value;
    readonly iban: Value;
    readonly reference: Value;
    readonly recipient: readonly Value[];
  };
}

const whole = (text: string): Value => ({ full: text, short: text });

function shortened(text: string, limit: number): Value {
  const mapped = toLatin2(text);
  return { full: mapped.ok ? mapped.text : text, short: fitUpnText(text, limit) };
}

/** An SI reference has its model in a box of its own; an RF reference its beginning, the rest in groups of four. */
function referenceParts(reference: string): readonly [model: string, content: string] {
  const content = reference.slice(4);
  return [reference.slice(0, 4), reference.startsWith('RF') ? formatIban(content) : content];
}

/**
 * The values of a bill's form with its code, printed as the standard's examples have them (section 4.2.2): what the
 * code leaves empty (the payer's account and reference, the day of payment) stays empty on paper. Undefined for an
 * order that has no code: nothing to pay, or a text, account or reference that cannot be.
 */
export function formValues(order: PaymentOrder, payer: Slip['payer']): FormValues | undefined {
  const { name: payerName, street: payerStreet, town: payerTown } = payer;
  const written = upnPayload({ ...order, payerName, payerStreet, payerTown });
  if (!written.ok) return undefined;
  const limits = upnFieldLimits;
  const payerLines = [
    shortened(payerName, limits.payerName),
    shortened(payerStreet, limits.payerStreet),
    shortened(payerTown, limits.payerTown),
  ];
  const recipientLines = [
    shortened(order.recipientName, limits.name),
    shortened(order.recipientStreet, limits.street),
    shortened(order.recipientTown, limits.town),
  ];
  const purpose = shortened(order.purpose, limits.purpose);
  const dueDate = upnDate(order.dueDate);
  const amount = whole(formatUpnAmount(order.amountCents));
  const iban = whole(formatIban(order.iban));
  const [model, content] = referenceParts(order.reference);
  return {
    code: upnSymbol(written.payload),
    order: {
      A30: payerLines,
      A37: [amount],
      A43: [whole(order.purposeCode)],
      A44: [purpose],
      A45: [whole(dueDate)],
      A47: [iban],
      A50: [whole(model)],
      A51: [whole(content)],
      A54: recipientLines,
    },
    receipt: {
      payer: payerLines,
      purpose: { full: `${purpose.full}, ${dueDate}`, short: `${purpose.short}, ${dueDate}` },
      amount,
      iban,
      reference: whole(formatReference(order.reference)),
      recipient: recipientLines,
    },
  };
}
