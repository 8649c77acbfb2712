import type { Fund, OpenItem, PaymentOrder, Slip, SlipItem, SlipSummary, SlipUnit } from '../../../contract/slips.ts';
import type { FundRow, ItemRow, OpenItemRow, OrderRow, SlipParts } from './slip-parts.queries.ts';
import type { SlipRow, SummaryRow } from './slips.queries.ts';

export const presentSummary = (row: SummaryRow): SlipSummary => ({
  id: row.id,
  number: row.number,
  period: row.period,
  issueDate: row.issueDate,
  dueDate: row.dueDate,
  totalCents: row.totalCents,
  managerId: row.managerId,
  managerName: row.managerName,
  payerId: row.payerId,
  payerCode: row.payerCode,
  channel: row.channel,
});

const presentItem = (row: ItemRow): SlipItem => ({
  description: row.description,
  supplier: row.supplier,
  buildingTotalCents: row.buildingTotalCents,
  allocationKey: row.allocationKey,
  quantity: row.quantity,
  measure: row.measure,
  price: row.price,
  baseCents: row.baseCents,
  vatRate: row.vatRate,
  vatCents: row.vatCents,
  amountCents: row.amountCents,
});

/** Items in blocks, a unit's together, in the order in which the units first appear. */
function presentUnits(items: readonly ItemRow[]): SlipUnit[] {
  const byUnit = Map.groupBy(items, ({ unitId }) => unitId);
  return [...byUnit.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { building, unit, kind, areaM2, persons } = first;
    const subtotalCents = rows.reduce((sum, { amountCents }) => sum + amountCents, 0);
    return [{ building, unit, kind, areaM2, persons, items: rows.map(presentItem), subtotalCents }];
  });
}

/** `22.00` and `22` are one rate. */
const rateOf = (rate: string): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate);

/** Bases and taxes by rate, ascending; of the items that say all three. */
function presentVat(items: readonly ItemRow[]): Slip['vat'] {
  const sums = new Map<string, { baseCents: number; vatCents: number }>();
  for (const { vatRate, baseCents, vatCents } of items) {
    if (vatRate === null || baseCents === null || vatCents === null) continue;
    const rate = rateOf(vatRate);
    const sum = sums.get(rate) ?? { baseCents: 0, vatCents: 0 };
    sums.set(rate, { baseCents: sum.baseCents + baseCents, vatCents: sum.vatCents + vatCents });
  }
  return [...sums].map(([rate, sum]) => ({ rate, ...sum })).sort((a, b) => Number(a.rate) - Number(b.rate));
}

/** The manager is the recipient of every order; the due date is the slip's. */
const presentOrder = (slip: SlipRow, order: OrderRow, qrPath: string | null): PaymentOrder => ({
  recipientName: slip.managerName,
  recipientStreet: slip.managerStreet,
  recipientTown: slip.managerTown,
  iban: order.iban,
  reference: order.reference,
  purposeCode: order.purposeCode,
  purpose: order.purpose,
  amountCents: order.amountCents,
  dueDate: slip.dueDate,
  qrPath,
});

const presentFund = ({ building, openingCents, paidInCents, spentCents, balanceCents }: FundRow): Fund => ({
  ...{ building, openingCents, paidInCents, spentCents, balanceCents },
});

const presentOpenItem = ({ description, dueDate, amountCents }: OpenItemRow): OpenItem => ({
  ...{ description, dueDate, amountCents },
});

/** `qrPathOf` gives an order's symbol, null where there is none. */
export const presentSlip = (
  slip: SlipRow,
  { items, orders, funds, openItems }: SlipParts,
  qrPathOf: (order: OrderRow) => string | null,
): Slip => ({
  ...presentSummary(slip),
  manager: {
    id: slip.managerId,
    name: slip.managerName,
    street: slip.managerStreet,
    town: slip.managerTown,
    email: slip.managerEmail,
    phone: slip.managerPhone,
    taxNumber: slip.managerTaxNumber,
  },
  payer: { code: slip.payerCode, name: slip.payerName, street: slip.payerStreet, town: slip.payerTown },
  units: presentUnits(items),
  vat: presentVat(items),
  paymentOrders: orders.map((order) => presentOrder(slip, order, qrPathOf(order))),
  funds: funds.map(presentFund),
  openItems: openItems.map(presentOpenItem),
  notes: [slip.managerNote, slip.note].flatMap((note) => note || []),
});
