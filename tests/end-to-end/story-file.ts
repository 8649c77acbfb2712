import { billingFile, fundItem, type TestRow } from '../helpers/billing-file.ts';

/** The one whose slip is followed through the story: letters of Slovene, two units, two payment orders. */
export const resident = {
  code: '104217',
  name: 'Žiga Čehovin Šmarčan',
  firstName: 'Žiga',
  lastName: 'Čehovin Šmarčan',
  email: 'ziga.cehovin@example.si',
  password: 'Šišenska-5cesta',
  street: 'Šišenska cesta 5',
  town: '1000 Ljubljana',
};

/** Has no e-invoice channel. */
export const neighbour = {
  code: '104218',
  name: 'Ana Đurić Ćosić',
  firstName: 'Ana',
  lastName: 'Đurić Ćosić',
  email: 'ana.duric@example.si',
  password: 'Tivolska-18park',
};

const slip = { placnik: resident.name, racun: '26100001', obdobje: '2026-10' };
const garage = { ...slip, enota: 'G7', vrsta_enote: 'garaza', povrsina_m2: '12,50', osebe: '' };

const rows: TestRow[] = [
  { ...slip, postavka: 'Upravljanje', osnova: '6,90', ddv_stopnja: '22', ddv: '1,52', znesek: '8,42' },
  {
    ...slip,
    postavka: 'Vodarina in kanalščina',
    dobavitelj: 'Komunala Zgled',
    osnova: '20,00',
    ddv_stopnja: '9,5',
    ddv: '1,90',
    znesek: '21,90',
  },
  { ...garage, postavka: 'Razsvetljava garaže', osnova: '4,00', ddv_stopnja: '22', ddv: '0,88', znesek: '4,88' },
  { ...slip, ...fundItem },
  { sifra_placnika: neighbour.code, placnik: neighbour.name, e_racun: '', e_posta: '', enota: '13', racun: '26100002' },
];

/** What the office imports. */
export const goodFile = billingFile(rows);

/** The same with a date that does not exist in its third row (the header is the first), and a payer without a name. */
export const faultyFile = billingFile(
  rows.map((row, index) => ({
    ...row,
    ...(index === 1 ? { rok_placila: '31. 11. 2026' } : {}),
    ...(index === 4 ? { placnik: '' } : {}),
  })),
);

/** Cents of what the manager and what the reserve fund get; together they are the slip's total. */
export const amounts = { manager: 842 + 2190 + 488, fund: 1358 };
