import { billingFile, type TestRow } from '../helpers/billing-file.ts';
import { neighbour, resident } from './story-file.ts';

/** A month of a small office: two buildings, five payers. One has a name that a spreadsheet would compute. */
export const buildings = { first: 'Šišenska cesta 5', second: 'Čopova ulica 3' };
export const formula = { code: '104221', name: '=2+3 d.o.o.' };
export const vanishing = { code: '104219', name: 'Jože Ščap', unit: 'Č2' };
export const lookedAt = { code: '104220', name: 'Cvetka Čuk' };
export const newcomer = { code: '104222', name: 'Nova Šušteršič' };

const address = { naslov: buildings.first, posta: '1000', kraj: 'Ljubljana', e_racun: '', e_posta: '' };
const inFirst = { ...address, stavba: buildings.first };
const inSecond = { ...address, naslov: buildings.second, stavba: buildings.second };

interface Named {
  readonly code: string;
  readonly name: string;
}

const of = ({ code, name }: Named): TestRow => ({ sifra_placnika: code, placnik: name });

const october: readonly TestRow[] = [
  { ...inFirst, ...of(resident), enota: '12' },
  { ...inFirst, ...of(neighbour), enota: '13' },
  { ...inFirst, ...of(formula), enota: 'L1', vrsta_enote: 'poslovni prostor' },
  { ...inSecond, ...of(vanishing), enota: vanishing.unit },
  { ...inSecond, ...of(lookedAt), enota: '3' },
].map((row, index) => ({ ...row, racun: `2610000${index + 1}`, obdobje: '2026-10' }));

/** What the office imports; 8,42 EUR of each. */
export const goodFile = billingFile(october);

/** A date that a person would read, a channel under another name, and a payer without a name: rows 3, 4 and 6. */
export const faultyFile = billingFile(
  october.map((row, index) => ({
    ...row,
    ...(index === 1 ? { rok_placila: '30/11/26' } : {}),
    ...(index === 2 ? { e_racun: 'mail', e_posta: 'pisarna@example.si' } : {}),
    ...(index === 4 ? { placnik: '' } : {}),
  })),
);

const far = { osnova: '', ddv_stopnja: '', ddv: '', znesek: '120,00' };

/** One payer is gone, one is new, and one pays far more than the month before. */
export const nextFile = billingFile([
  ...october
    .filter(({ sifra_placnika }) => sifra_placnika !== vanishing.code)
    .map((row) => (row.sifra_placnika === lookedAt.code ? { ...row, ...far } : row)),
  { ...inSecond, ...of(newcomer), enota: '4', racun: '26100006' },
].map((row) => ({ ...row, racun: row.racun?.replace('2610', '2611') ?? '', obdobje: '2026-11' }))); // prettier-ignore

/** What the accounting program sends by itself. */
export const pushedFile = billingFile([
  { ...inSecond, ...of(newcomer), enota: '4', racun: '26120001', obdobje: '2026-10' },
]);
