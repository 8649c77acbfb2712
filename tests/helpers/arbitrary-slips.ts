import fc from 'fast-check';
import type { PaymentOrder, Slip, SlipItem, SlipUnit } from '../../contract/slips.ts';
import { isIban } from '../../server/payments/iban.ts';
import { isReference } from '../../server/payments/reference.ts';
import { makeRfReference } from '../../server/payments/rf-reference.ts';
import { makeSiReference } from '../../server/payments/si-reference.ts';
import { makeSlip, manager } from './slip-data.ts';

/** All that ISO 8859-2 can print, blanks and letters of our own more often. */
const characters = [
  ...new TextDecoder('iso-8859-2').decode(
    Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad)),
  ),
  ...'abcčdefghijklmnoprsštuvzžABCČDEFGHIJKLMNOPRSŠTUVZŽ0123456789',
  ...'     ',
]; // prettier-ignore

/** Texts as they are kept: no blanks around, single ones within. */
const text = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...characters), { minLength: 1, maxLength: most, size: 'max' })
    .map((letters) => letters.join('').replace(/ {2,}/g, ' ').trim())
    .filter((joined) => joined !== '');

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most, size: 'max' })
    .map((list) => list.join(''));

/** A Slovenian account: thirteen digits and two that make it 1 modulo 97. */
const slovenianIban = digits(13, 13).map((account) => {
  const check = 98n - ((BigInt(account) * 100n) % 97n);
  return `SI56${account}${String(check).padStart(2, '0')}`;
});

const iban = fc
  .oneof(
    { weight: 5, arbitrary: slovenianIban },
    fc.constantFrom('MT84MALT011000012345MTLCAST001S', 'AT611904300234573201', 'DE89370400440532013000'),
  )
  .filter(isIban);

const reference = fc
  .oneof(
    digits(1, 12).map((content) => makeSiReference('12', [content])),
    fc.tuple(digits(1, 11), digits(1, 8)).map((parts) => makeSiReference('05', parts.map((part) => part.replace(/^0+(?=\d)/, '')))),
    digits(1, 12).map((content) => `SI00${content}`),
    fc.constant('SI99'),
    fc.stringMatching(/^[A-Z0-9]{1,21}$/, { size: 'max' }).map(makeRfReference),
  )
  .filter((value) => value !== undefined)
  .filter(isReference); // prettier-ignore

const cents = fc.oneof(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 99_999_999_999 }));
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const nullable = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null });
const decimal = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), digits(1, 4)).map((parts) => parts.join('.'));

const item: fc.Arbitrary<SlipItem> = fc.record({
  description: text(80),
  supplier: nullable(text(60)),
  buildingTotalCents: nullable(cents),
  allocationKey: nullable(text(30)),
  quantity: nullable(decimal),
  measure: nullable(fc.constantFrom('m2', 'm3', 'oseba', 'kWh')),
  price: nullable(decimal),
  baseCents: nullable(cents),
  vatRate: nullable(fc.constantFrom('22', '9.5')),
  vatCents: nullable(cents),
  amountCents: fc.oneof(
    cents,
    cents.map((amount) => -amount),
  ),
});

const unit: fc.Arbitrary<SlipUnit> = fc
  .record({
    building: text(60),
    unit: text(30),
    kind: fc.constantFrom('apartment', 'business', 'garage', 'other'),
    areaM2: nullable(decimal),
    persons: nullable(fc.constantFrom('1', '2.5')),
    items: fc.array(item, { minLength: 1, maxLength: 6, size: 'max' }),
  })
  .map((given) => ({ ...given, subtotalCents: given.items.reduce((sum, { amountCents }) => sum + amountCents, 0) }));

const order: fc.Arbitrary<PaymentOrder> = fc.record({
  recipientName: text(60),
  recipientStreet: text(45),
  recipientTown: text(45),
  iban,
  reference,
  purposeCode: fc.stringMatching(/^[A-Z]{4}$/),
  purpose: text(60),
  amountCents: cents,
  dueDate: day,
  qrPath: fc.constant(null),
});

/** Any slip that the import lets in, with a form for each of its one or two orders. */
export const arbitrarySlip: fc.Arbitrary<Slip> = fc
  .record({
    units: fc.array(unit, { minLength: 1, maxLength: 2 }),
    // Two orders less often: each further one takes a page.
    orders: fc.oneof({ weight: 5, arbitrary: fc.tuple(order) }, fc.tuple(order, order)),
    payer: fc.record({ code: digits(4, 10), name: text(60), street: text(45), town: text(45) }),
    notes: fc.array(text(120), { maxLength: 2 }),
    openItems: fc.array(fc.record({ description: text(60), dueDate: nullable(day), amountCents: cents }), { maxLength: 2 }),
    funds: fc.array(fc.record({ building: text(60), openingCents: nullable(cents), paidInCents: nullable(cents), spentCents: nullable(cents), balanceCents: cents }), { maxLength: 1 }),
  })
  .map(({ units, orders, ...given }) => ({ ...makeSlip(units, [], { manager, ...given }), paymentOrders: orders })); // prettier-ignore
