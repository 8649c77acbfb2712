import { costs, keyNames, type Cost } from './costs.ts';
import { sampleBuilding, type SampleBuilding, type SamplePayer, type SampleUnit } from './buildings.ts';
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
] as const;

interface Month {
  readonly period: string;
  readonly month: number;
  readonly issued: string;
  readonly due: string;
}

/** Bills of a month are issued on the 12th of the next one and due on its last day. */
function monthsUntil(until: string, count: number): Month[] {
  const last = Number(until.slice(0, 4)) * 12 + Number(until.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, index) => {
    const number = last - count + 1 + index;
    const [year, month] = [Math.floor(number / 12), (number % 12) + 1];
    const next = new Date(Date.UTC(year, month, 12));
    const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const rest = `${next.getUTCMonth() + 1}. ${next.getUTCFullYear()}`;
    const period = `${year}-${String(month).padStart(2, '0')}`;
    return { period, month, issued: `12. ${rest}`, due: `${lastDay}. ${rest}` };
  });
}

const decimal = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');
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
    const vat = 1 + Number(cost.vatRate.replace(',', '.')) / 100;
    return { cost, price, buildingTotal: decimal(all * price * vat, 2) };
  });
}

/** The cells of one item from `postavka` on; amounts in cents add up exactly. */
function itemCells(share: Share, unit: SampleUnit, key: string): string[] {
  const { cost, price, buildingTotal } = share;
  const amount = quantity(cost, unit, key);
  const base = Math.round(amount * price * 100);
  const vat = Math.round((base * Number(cost.vatRate.replace(',', '.'))) / 100);
  const [allocationKey, measure] = keyNames[cost.key];
  return [
    ...[cost.description, cost.supplier, buildingTotal, allocationKey, decimal(amount, 1), measure, decimal(price, 4)],
    ...[decimal(base / 100, 2), cost.vatRate, decimal(vat / 100, 2), decimal((base + vat) / 100, 2)],
  ];
}

/** `2026-10` as `10/2026`. */
const monthAndYear = (period: string): string => period.split('-').reverse().join('/');

function* slipLines(options: SampleOptions, building: SampleBuilding, payer: SamplePayer, at: Month, shares: Share[]) {
  const compact = at.period.replace('-', '');
  const who = [payer.code, payer.name, payer.street, payer.postCode, payer.town, payer.taxNumber, payer.email];
  for (const unit of payer.units) {
    const where = [building.name, unit.name, unit.kind, decimal(unit.areaTenths / 10, 1), String(unit.persons)];
    const slip = [`${compact}${payer.code}`, at.period, at.issued, at.due];
    const key = meterKey(options, payer, unit, at.period);
    for (const share of shares) {
      if (!isCharged(share.cost, unit)) continue;
      const order = share.cost.fund
        ? [building.fundIban, `SI00${payer.code}-${compact}`, 'COST', `Rezervni sklad ${monthAndYear(at.period)}`]
        : ['', '', '', ''];
      yield line([...who, payer.channel, ...where, ...slip, ...itemCells(share, unit, key), ...order]);
    }
  }
}

function* buildingLines(options: SampleOptions, at: Month): Generator<string> {
  const buildings = Math.min(options.payers, options.buildings ?? Math.ceil(options.payers / 30));
  const firstCode = options.firstCode ?? 100_001;
  let placed = 0;
  for (let index = 0; index < buildings; index += 1) {
    const count = Math.floor((options.payers * (index + 1)) / buildings) - placed;
    const building = sampleBuilding(options.seed, index, firstCode + placed, count);
    placed += count;
    const shares = sharesOf(options, building, at);
    for (const payer of building.payers) yield* slipLines(options, building, payer, at, shares);
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
