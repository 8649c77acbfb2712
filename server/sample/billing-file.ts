import { costs, keyNames, type Cost } from './costs.ts';
import { sampleBuilding, type SampleBuilding, type SamplePayer, type SampleUnit } from './buildings.ts';
import { fundOf, noteOf, openCentsOf } from './extras.ts';
import { seeded } from './random.ts';

export interface SampleOptions {
  readonly payers: number;
  readonly months: number;
  readonly seed: number;
  /** The last billing period, `2026-10`. */
  readonly until: string;
  /** How many buildings the payers live in; by default one for each 30 payers. */
  readonly buildings?: number;
  /** The code of the first payer; the others follow. */
  readonly firstCode?: number;
}

const header = [
  ...['sifra_placnika', 'placnik', 'naslov', 'posta', 'kraj', 'davcna_stevilka', 'e_posta', 'e_racun'],
  ...['stavba', 'enota', 'vrsta_enote', 'povrsina_m2', 'osebe'],
  ...['racun', 'obdobje', 'datum_izdaje', 'rok_placila'],
  ...['postavka', 'dobavitelj', 'znesek_stavbe', 'kljuc', 'kolicina', 'merska_enota', 'cena'],
  ...['osnova', 'ddv_stopnja', 'ddv', 'znesek', 'nalog_iban', 'nalog_sklic', 'koda_namena', 'namen'],
  ...['sklad_zacetek', 'sklad_vplacila', 'sklad_poraba', 'sklad_stanje', 'obvestilo', 'vrsta_vrstice', 'zapadlo'],
] as const;

interface Month {
  readonly period: string;
  readonly month: number;
  readonly issued: string;
  readonly due: string;
  readonly before: Pick<Month, 'period' | 'due'>;
}

/** Bills of a month are issued on the 12th of the next one and due on its last day. */
function monthOf(number: number): Omit<Month, 'before'> {
  const [year, month] = [Math.floor(number / 12), (number % 12) + 1];
  const next = new Date(Date.UTC(year, month, 12));
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const rest = `${next.getUTCMonth() + 1}. ${next.getUTCFullYear()}`;
  const period = `${year}-${String(month).padStart(2, '0')}`;
  return { period, month, issued: `12. ${rest}`, due: `${lastDay}. ${rest}` };
}

function monthsUntil(until: string, count: number): Month[] {
  const first = Number(until.slice(0, 4)) * 12 + Number(until.slice(5, 7)) - count;
  return Array.from({ length: count }, (_, index) => ({
    ...monthOf(first + index),
    before: monthOf(first + index - 1),
  }));
}

const decimal = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');
const euros = (cents: number): string => decimal(cents / 100, 2);
const cell = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (cells: readonly string[]): string => `${cells.map(cell).join(';')}\r\n`;

/** What a unit is charged by, for a cost in a month: metres, persons, or what a meter showed. */
function quantity(cost: Cost, unit: SampleUnit, key: string): number {
  switch (cost.key) {
    case 'area':
      return unit.areaTenths / 10;
    case 'persons':
      return unit.persons;
    case 'units':
      return 1;
    case 'meter':
      return seeded(key, 'water').int(10, 45 * unit.persons) / 10;
    case 'allocators':
      return seeded(key, 'heat').int(40, 12 * unit.areaTenths) / 10;
  }
}

interface Share {
  readonly cost: Cost;
  readonly price: number;
  readonly buildingTotal: string;
}

const isCharged = (cost: Cost, unit: SampleUnit): boolean => cost.garages || unit.kind !== 'garaza';

const meterKey = (options: SampleOptions, payer: SamplePayer, unit: SampleUnit, period: string): string =>
  [options.seed, payer.code, unit.name, period].join('|');

/** The prices of a month in a building, and what the building pays in all, so that total and share fit each other. */
function sharesOf(options: SampleOptions, building: SampleBuilding, { period, month }: Month): Share[] {
  const charged = costs.filter(({ months }) => !months || months.includes(month));
  return charged.map((cost) => {
    const random = seeded(options.seed, building.name, cost.description, period);
    const price = Math.round((cost.price + cost.spread * (2 * random.next() - 1)) * 10_000) / 10_000;
    let all = 0;
    for (const payer of building.payers) {
      for (const unit of payer.units) {
        if (isCharged(cost, unit)) all += quantity(cost, unit, meterKey(options, payer, unit, period));
      }
    }
    return { cost, price, buildingTotal: decimal(all * price * (1 + rateOf(cost)), 2) };
  });
}

const rateOf = (cost: Cost): number => Number(cost.vatRate.replace(',', '.')) / 100;

/** What a unit pays of a cost, in cents; base and VAT add up exactly. */
function centsOf({ cost, price }: Share, unit: SampleUnit, key: string) {
  const amount = quantity(cost, unit, key);
  const base = Math.round(amount * price * 100);
  return { amount, base, vat: Math.round(base * rateOf(cost)) };
}

/** The cells of one item from `postavka` to `znesek`. */
function itemCells(share: Share, unit: SampleUnit, key: string): string[] {
  const { cost, price, buildingTotal } = share;
  const { amount, base, vat } = centsOf(share, unit, key);
  const [allocationKey, measure] = keyNames[cost.key];
  return [
    ...[cost.description, cost.supplier, buildingTotal, allocationKey, decimal(amount, 1), measure, decimal(price, 4)],
    ...[euros(base), cost.vatRate, euros(vat), euros(base + vat)],
  ];
}

/** `2026-10` as `10/2026`. */
const monthAndYear = (period: string): string => period.split('-').reverse().join('/');

/** What all slips of a building and month have in common. */
interface Statement {
  readonly options: SampleOptions;
  readonly building: SampleBuilding;
  readonly at: Month;
  readonly shares: readonly Share[];
  /** The cells `sklad_...`. */
  readonly fund: readonly string[];
  readonly note: string;
}

/** Opening, paid in, spent and balance of the building's reserve fund; its people pay in what they are charged. */
function fundCells(options: SampleOptions, building: SampleBuilding, period: string, shares: readonly Share[]) {
  const charged = shares.filter(({ cost }) => cost.fund);
  const units = building.payers.flatMap((payer) => payer.units);
  const paidIn = charged.flatMap((share) => units.map((unit) => centsOf(share, unit, '').base));
  const fund = fundOf(options.seed, building, period, paidIn.reduce((sum, cents) => sum + cents, 0)); // prettier-ignore
  return [fund.openingCents, fund.paidInCents, fund.spentCents, fund.balanceCents].map(euros);
}

function statementOf(options: SampleOptions, building: SampleBuilding, at: Month): Statement {
  const shares = sharesOf(options, building, at);
  const fund = fundCells(options, building, at.period, shares);
  return { options, building, at, shares, fund, note: noteOf(options.seed, building, at.period) };
}

const empty = (count: number): string[] => Array<string>(count).fill('');

function* slipLines({ options, building, at, shares, fund, note }: Statement, payer: SamplePayer): Generator<string> {
  const compact = at.period.replace('-', '');
  const who = [payer.code, payer.name, payer.street, payer.postCode, payer.town, payer.taxNumber, payer.email];
  const slip = [`${compact}${payer.code}`, at.period, at.issued, at.due];
  const placed = (unit: SampleUnit): string[] => [
    ...[...who, payer.channel, building.name, unit.name, unit.kind],
    ...[decimal(unit.areaTenths / 10, 1), String(unit.persons), ...slip],
  ];
  for (const unit of payer.units) {
    const key = meterKey(options, payer, unit, at.period);
    for (const share of shares) {
      if (!isCharged(share.cost, unit)) continue;
      const order = share.cost.fund
        ? [building.fundIban, `SI00${payer.code}-${compact}`, 'COST', `Rezervni sklad ${monthAndYear(at.period)}`]
        : empty(4);
      const funds = share.cost.fund ? fund : empty(4);
      yield line([...placed(unit), ...itemCells(share, unit, key), ...order, ...funds, note, '', '']);
    }
  }
  const open = openCentsOf(options.seed, payer.code, at.period);
  const [unit] = payer.units;
  if (open === undefined || !unit) return;
  const item = [`Razdelilnik ${monthAndYear(at.before.period)}`, ...empty(9), euros(open)];
  yield line([...placed(unit), ...item, ...empty(8), note, 'odprto', at.before.due]);
}

function* buildingLines(options: SampleOptions, at: Month): Generator<string> {
  const buildings = Math.min(options.payers, options.buildings ?? Math.ceil(options.payers / 30));
  const firstCode = options.firstCode ?? 100_001;
  let placed = 0;
  for (let index = 0; index < buildings; index += 1) {
    const count = Math.floor((options.payers * (index + 1)) / buildings) - placed;
    const building = sampleBuilding(options.seed, index, firstCode + placed, count);
    placed += count;
    const statement = statementOf(options, building, at);
    for (const payer of building.payers) yield* slipLines(statement, payer);
  }
}

const chunkLength = 64 * 1024;

/**
 * A billing file (docs/billing-file.md) with made-up people in real streets, piece by piece. The same options give the
 * same file, byte by byte.
 */
export function* generateBillingFile(options: SampleOptions): Generator<string> {
  let chunk = line(header);
  for (const month of monthsUntil(options.until, options.months)) {
    for (const text of buildingLines(options, month)) {
      chunk += text;
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
