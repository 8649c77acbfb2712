/* The slips of the gallery: made up, and the same at every run. */
import { deflateSync } from 'node:zlib';
import { makeSiReference } from '../../server/payments/si-reference.ts';

const manager = {
  id: '0'.repeat(32),
  name: 'Upravnik Vzorec d.o.o.',
  street: 'Vzorčna ulica 1',
  town: '1000 Ljubljana',
  email: 'pisarna@upravnik-vzorec.example',
  phone: '01 234 56 78',
  taxNumber: 'SI12345678',
};

const payer = { code: '104217', name: 'Žiga Ščuka', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' };

/** A house, white on the accent of the portal. */
function logo() {
  const side = 240;
  const isHouse = (x, y) => {
    const roof = y > 50 && y < 120 && Math.abs(x - 120) < (y - 50) * 1.1;
    const walls = y >= 120 && y < 190 && Math.abs(x - 120) < 58;
    const door = y > 140 && Math.abs(x - 120) < 15;
    return (roof || walls) && !door;
  };
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) pixels.set(isHouse(x, y) ? [255, 255, 255] : [13, 92, 99], (y * side + x) * 3);
  return { kind: 'rgb', bytes: deflateSync(pixels), width: side, height: side };
}

/** Quantity and price as decimals; the cents follow from them. */
function item([description, supplier, allocationKey, measure, quantity, price, vatRate, shares]) {
  const baseCents = Math.round(Number(quantity) * Number(price) * 100);
  const vatCents = Math.round((baseCents * Number(vatRate ?? 0)) / 100);
  const amountCents = baseCents + vatCents;
  const buildingTotalCents = amountCents * shares;
  return { description, supplier, buildingTotalCents, allocationKey, quantity, measure, price, baseCents, vatRate, vatCents: vatRate === null ? null : vatCents, amountCents }; // prettier-ignore
}

const apartmentItems = [
  ['Ogrevanje, variabilni del', 'Toplarna Zgled d.o.o.', 'po delilnikih toplote', 'kWh', '312.40', '0.0897', '22', 41],
  ['Ogrevanje, fiksni del', 'Toplarna Zgled d.o.o.', 'po ogrevalni površini', 'm2', '62.40', '0.1120', '22', 45],
  ['Hladna voda', 'Komunala Zgled d.o.o.', 'po števcih', 'm3', '7.20', '0.9871', '9.5', 52],
  ['Odvajanje odpadne vode', 'Komunala Zgled d.o.o.', 'po števcih', 'm3', '7.20', '0.8114', '9.5', 52],
  ['Odvoz odpadkov', 'Komunala Zgled d.o.o.', 'po številu oseb', 'oseba', '3', '3.2500', '9.5', 49],
  ['Upravljanje', manager.name, 'po enotah', 'enota', '1', '8.9000', '22', 60],
];

const moreItems = [
  ['Čiščenje skupnih prostorov', 'Čistilni servis Žarek d.o.o.', 'po številu oseb', 'oseba', '3', '2.1000', '22', 49],
  ['Električna energija skupnih delov', 'Elektrika Zgled d.o.o.', 'po številu oseb', 'oseba', '3', '1.1450', '22', 49],
  ['Vzdrževanje dvigala', 'Dvigala Škrlj s.p.', 'po številu oseb', 'oseba', '3', '1.8000', '22', 49],
  ['Zavarovanje stavbe', 'Zavarovalnica Zgled d.d.', 'po površini', 'm2', '62.40', '0.0380', null, 66],
];

const garageItems = [
  ['Električna energija garaže', 'Elektrika Zgled d.o.o.', 'po enotah', 'enota', '1', '1.9800', '22', 38],
  ['Vzdrževanje garažnih vrat', 'Vrata Hribar s.p.', 'po enotah', 'enota', '1', '1.3500', '22', 38],
  ['Zavarovanje stavbe', 'Zavarovalnica Zgled d.d.', 'po površini', 'm2', '12.50', '0.0380', null, 66],
];

const officeItems = [
  ['Ogrevanje, fiksni del', 'Toplarna Zgled d.o.o.', 'po ogrevalni površini', 'm2', '41.00', '0.1120', '22', 45],
  ['Odvoz odpadkov', 'Komunala Zgled d.o.o.', 'po številu oseb', 'oseba', '2', '3.2500', '9.5', 49],
  ['Upravljanje', manager.name, 'po enotah', 'enota', '1', '11.4000', '22', 60],
];

function unit(name, kind, areaM2, persons, rows) {
  const items = rows.map(item);
  const subtotalCents = items.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return { building: 'Šmartinska cesta 152', unit: name, kind, areaM2, persons, items, subtotalCents };
}

function recapitulation(units) {
  const sums = new Map();
  for (const { vatRate, baseCents, vatCents } of units.flatMap(({ items }) => items)) {
    if (vatRate === null) continue;
    const sum = sums.get(vatRate) ?? { rate: vatRate, baseCents: 0, vatCents: 0 };
    sums.set(vatRate, { ...sum, baseCents: sum.baseCents + baseCents, vatCents: sum.vatCents + vatCents });
  }
  return [...sums.values()].sort((a, b) => Number(a.rate) - Number(b.rate));
}

const order = (amountCents, given = {}) => ({
  recipientName: manager.name,
  recipientStreet: manager.street,
  recipientTown: manager.town,
  iban: 'SI56990000012345646',
  reference: makeSiReference('12', ['104217202610']),
  purposeCode: 'COST',
  purpose: 'Razdelilnik 10/2026, plačnik 104217',
  amountCents,
  dueDate: '2026-11-20',
  qrPath: null,
  ...given,
});

function slip(units, given = {}) {
  const totalCents = units.reduce((sum, { subtotalCents }) => sum + subtotalCents, 0);
  return {
    ...{ id: '1'.repeat(32), number: '2026-10-000123', period: '2026-10' },
    ...{ issueDate: '2026-11-05', dueDate: '2026-11-20', totalCents, channel: 'none' },
    ...{ managerId: manager.id, managerName: manager.name, manager },
    ...{ payerId: '2'.repeat(32), payerCode: payer.code, payer },
    ...{ units, vat: recapitulation(units), funds: [], openItems: [], notes: [] },
    paymentOrders: [order(totalCents)],
    ...given,
  };
}

const document = (of, given = {}) => ({ slip: of, logo: null, registration: null, isDraft: false, ...given });

const fund = { building: 'Šmartinska cesta 152', openingCents: 1_842_650, paidInCents: 93_600, spentCents: 121_390, balanceCents: 1_814_860 }; // prettier-ignore

const oneUnit = document(
  slip([unit('Stanovanje 12', 'apartment', '62.40', '3', apartmentItems)], {
    notes: ['Pisarna je odprta od ponedeljka do petka od 8. do 15. ure.'],
  }),
  { logo: logo() },
);

const threeUnits = document(
  slip(
    [
      unit('Stanovanje 12', 'apartment', '62.40', '3', [...apartmentItems, ...moreItems]),
      unit('Garaža 7', 'garage', '12.50', null, garageItems),
      unit('Poslovni prostor 2', 'business', '41.00', '2', officeItems),
    ],
    {
      funds: [fund],
      openItems: [{ description: 'Razdelilnik 2026-09-000119', dueDate: '2026-10-20', amountCents: 9_512 }],
      notes: [
        'Zbor lastnikov bo v sredo, 9. decembra 2026, ob 18. uri v avli stavbe Šmartinska cesta 152.',
        'Na dnevnem redu so načrt vzdrževanja za leto 2027, menjava dvigala in izbira čistilnega servisa.',
      ],
    },
  ),
  {
    logo: logo(),
    registration: {
      portalAddress: 'https://portal.upravnik-vzorec.example',
      slipPassword: 'K7QM3XRT9WVDT',
      expiresAt: new Date('2027-01-31T12:00:00Z'),
      link: `iiportal://register?portal=https%3A%2F%2Fportal.upravnik-vzorec.example&manager=${manager.id}&code=104217`,
    },
  },
);

function twoOrders() {
  const fundItem = ['Rezervni sklad', null, 'po površini', 'm2', '62.40', '0.2500', null, 66];
  const units = [unit('Stanovanje 12', 'apartment', '62.40', '3', [...apartmentItems.slice(2), fundItem])];
  const fundCents = item(fundItem).amountCents;
  const whole = slip(units);
  const paymentOrders = [
    order(whole.totalCents - fundCents),
    order(fundCents, {
      recipientName: 'Rezervni sklad Šmartinska 152',
      iban: 'SI56020170014356205',
      reference: 'RF18539007547034',
      purpose: 'Rezervni sklad 10/2026, plačnik 104217',
    }),
  ];
  return document({ ...whole, paymentOrders });
}

/** As long as a text may be, of words that somebody could have written. */
const long = (characters, words) =>
  words
    .repeat(Math.ceil(characters / words.length))
    .slice(0, characters)
    .trim();

function longest() {
  const company = long(
    200,
    'Družba za upravljanje večstanovanjskih stavb, vzdrževanje in čiščenje Škrjanček in Žagar ',
  );
  const street = long(200, 'Cesta prekomorskih brigad in štirinajste divizije 1234 a, vhod v kletni etaži ');
  const town = long(200, '8000 Novo mesto – Šmihel pri Žužemberku ');
  const rows = [
    [long(200, 'Vzdrževanje in servisiranje naprav za ogrevanje in prezračevanje '), company, long(100, 'po solastniškem deležu in številu oseb '), 'kWh', '123456789012.123456', '0.000001', '22', 1],
    ['Dobropis', 'Komunala Zgled d.o.o.', 'po števcih', 'm3', '-12.50', '0.9871', '9.5', 66],
  ]; // prettier-ignore
  const long_ = unit(long(100, 'Stanovanje 12, vhod B, tretje nadstropje desno '), 'apartment', '62.40', '3', rows);
  return document(
    slip([{ ...long_, building: street }], {
      number: long(50, 'RAZDELILNIK-2026-10-ŠMARTINSKA-000123-'),
      totalCents: 99_999_999_999,
      manager: { ...manager, name: company, street, town },
      payer: { code: '9'.repeat(20), name: long(200, 'Marija Magdalena Kovačič Hribernik in dediči po Antonu Kovačiču '), street, town }, // prettier-ignore
      paymentOrders: [
        order(99_999_999_999, {
          recipientName: 'Skupnost lastnikov stanovanj Šmartinska cesta 152, 154 in 156',
          recipientStreet: street,
          recipientTown: town,
          iban: 'MT84MALT011000012345MTLCAST001S',
          reference: 'RF95ABCDEFGHIJKLMNOPQRSTU',
          purpose: long(100, 'Plačilo razdelilnika stroškov za oktober 2026, plačnik 104217 '),
        }),
      ],
    }),
    { logo: logo() },
  );
}

/** What each is called, and whose pages it shows. */
export const galleryDocuments = {
  'one-unit': oneUnit,
  'three-units': threeUnits,
  'two-orders': twoOrders(),
  longest: longest(),
};
