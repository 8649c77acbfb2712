import type { PaymentOrder, Slip, SlipItem, SlipUnit } from '../../contract/slips.ts';
import type { SlipDocument } from '../../server/pdf/slip-document.ts';
import { upnPayload } from '../../server/payments/upn-qr.ts';
import { symbolPath, upnSymbol } from '../../server/payments/upn-symbol.ts';

const costs: readonly (readonly [description: string, supplier: string, key: string, measure: string])[] = [
  ['Čiščenje skupnih prostorov', 'Čistilni servis Žarek d.o.o.', 'po številu oseb', 'oseba'],
  ['Ogrevanje, variabilni del', 'Toplarna Zgled d.o.o.', 'po delilnikih toplote', 'kWh'],
  ['Ogrevanje, fiksni del', 'Toplarna Zgled d.o.o.', 'po ogrevalni površini', 'm2'],
  ['Hladna voda', 'Komunala Zgled d.o.o.', 'po števcih', 'm3'],
  ['Odvajanje odpadne vode', 'Komunala Zgled d.o.o.', 'po števcih', 'm3'],
  ['Odvoz odpadkov', 'Komunala Zgled d.o.o.', 'po številu oseb', 'oseba'],
  ['Električna energija skupnih delov', 'Elektrika Zgled d.o.o.', 'po številu oseb', 'oseba'],
  ['Zavarovanje stavbe', 'Zavarovalnica Zgled d.d.', 'po površini', 'm2'],
  ['Upravljanje', 'Upravnik Vzorec d.o.o.', 'po enotah', 'enota'],
  ['Vzdrževanje dvigala', 'Dvigala Škrlj s.p.', 'po številu oseb', 'oseba'],
];

export const makeItem = (index: number, given: Partial<SlipItem> = {}): SlipItem => {
  const [description, supplier, allocationKey, measure] = costs[index % costs.length] ?? costs[0]!;
  const baseCents = 512 + index * 137;
  const vatCents = Math.round(baseCents * 0.22);
  return {
    ...{ description, supplier, allocationKey, measure },
    buildingTotalCents: 123_456 + index * 7_891,
    quantity: `${12 + index}.50`,
    price: '0.3456',
    ...{ baseCents, vatRate: index % 3 === 0 ? '9.5' : '22', vatCents },
    amountCents: baseCents + vatCents,
    ...given,
  };
};

export const makeUnit = (items: readonly SlipItem[], given: Partial<SlipUnit> = {}): SlipUnit => ({
  building: 'Šmartinska cesta 152',
  unit: 'Stanovanje 12',
  kind: 'apartment',
  areaM2: '62.40',
  persons: '3',
  items: [...items],
  subtotalCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0),
  ...given,
});

export const manager = {
  id: '0'.repeat(32),
  name: 'Upravnik Vzorec d.o.o.',
  street: 'Vzorčna ulica 1',
  town: '1000 Ljubljana',
  email: 'pisarna@upravnik-vzorec.example',
  phone: '01 234 56 78',
  taxNumber: 'SI12345678',
};

export const makeOrder = (given: Partial<PaymentOrder> = {}): PaymentOrder => ({
  recipientName: manager.name,
  recipientStreet: manager.street,
  recipientTown: manager.town,
  iban: 'SI56020170014356205',
  reference: 'SI121042172026067',
  purposeCode: 'COST',
  purpose: 'Razdelilnik 10/2026',
  amountCents: 12_345,
  dueDate: '2026-11-20',
  qrPath: null,
  ...given,
});

const payer = { code: '104217', name: 'Žiga Ščuka', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' };

function withCode(order: PaymentOrder, of: Slip['payer']): PaymentOrder {
  const written = upnPayload({ ...order, payerName: of.name, payerStreet: of.street, payerTown: of.town });
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return { ...order, qrPath: symbolPath(upnSymbol(written.payload)) };
}

/** A slip as the API gives it; its payment orders get their codes. */
export function makeSlip(units: readonly SlipUnit[], orders: readonly PaymentOrder[], given: Partial<Slip> = {}): Slip {
  const of = given.payer ?? payer;
  return {
    id: '1'.repeat(32),
    number: '2026-10-000123',
    period: '2026-10',
    issueDate: '2026-11-05',
    dueDate: '2026-11-20',
    totalCents: units.reduce((sum, { subtotalCents }) => sum + subtotalCents, 0),
    managerId: manager.id,
    managerName: manager.name,
    payerId: '2'.repeat(32),
    payerCode: of.code,
    manager,
    payer: of,
    channel: 'email',
    units: [...units],
    vat: [
      { rate: '9.5', baseCents: 12_345, vatCents: 1_173 },
      { rate: '22', baseCents: 23_456, vatCents: 5_160 },
    ],
    funds: [],
    openItems: [],
    notes: [],
    ...given,
    paymentOrders: orders.map((order) => (order.amountCents > 0 ? withCode(order, of) : order)),
  };
}

/** The slip as a document without logo, registration and draft mark. */
export const documentOf = (slip: Slip, given: Partial<SlipDocument> = {}): SlipDocument => ({
  slip,
  logo: null,
  registration: null,
  isDraft: false,
  ...given,
});
