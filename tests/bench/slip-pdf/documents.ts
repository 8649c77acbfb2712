import type { SlipDocument } from '../../../server/pdf/slip-document.ts';
import { makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

const usual = makeSlip([], []);
const names = ['Žiga Ščuka', 'Ana Novak', 'Đorđe Petrović', 'Marija Kovačič', 'Janez Zupančič', 'Tünde Šümegi'];

/** A slip of 15 items with its form, of another payer for each number. */
export function makeDocument(index: number): SlipDocument {
  const code = String(100_000 + index);
  const items = Array.from({ length: 15 }, (_, item) => makeItem(item, { quantity: `${index % 97}.${10 + item}` }));
  const unit = makeUnit(items);
  const slip = {
    ...usual,
    number: `2026-10-${String(index).padStart(6, '0')}`,
    totalCents: unit.subtotalCents,
    payerCode: code,
    payer: {
      code,
      name: `${names[index % names.length]} ${index}`,
      street: `Šmartinska cesta ${1 + (index % 300)}`,
      town: '1000 Ljubljana',
    },
    units: [unit],
    paymentOrders: [makeOrder({ amountCents: unit.subtotalCents })],
  };
  return { slip, logo: null, registration: null, isDraft: false };
}
