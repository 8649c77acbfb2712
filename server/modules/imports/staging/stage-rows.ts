import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import { type Cell, insertRows, type OnConflict } from '../../../db/bulk.ts';
import { placedId } from '../../../db/id.ts';
import { transaction } from '../../../db/transaction.ts';
import { payerSearchText } from '../../payers/search-text.ts';
import { isOpenItem } from '../billing-file/check-row.ts';
import type { BillingRow } from '../billing-file/columns.ts';
import { columnsOf } from './staging-columns.ts';
import type { StagedImport } from './staged-import.ts';

const rowsAtOnce = 1_000;

/** What a row says about its slip that is not in the file but follows from the manager's settings. */
export interface SlipDefaults {
  readonly iban: string;
  readonly reference: string;
  readonly purpose: string;
}

/** The same for the same values: rows that say different things of a payer or slip have different variants. */
const variantOf = (values: readonly Cell[]): string => hash('sha256', JSON.stringify(values), 'hex').slice(0, 32);

/** Of a unit that is named several times, what its latest period says is kept. */
const latestPeriod = {
  mysql:
    'on duplicate key update area_m2 = if(values(period) >= period, values(area_m2), area_m2), ' +
    'persons = if(values(period) >= period, values(persons), persons), period = greatest(period, values(period))',
  sqlite:
    'on conflict do update set area_m2 = excluded.area_m2, persons = excluded.persons, period = excluded.period ' +
    'where excluded.period >= period',
};

/**
 * Collects rows and writes them to the staging tables some hundred at a time: the items as they are, payers, units,
 * slips and funds once for each variant. What has been written just before is not written again.
 */
export class RowStager {
  readonly #db: Knex;
  readonly #import: StagedImport;
  #rows: Cell[][] = [];
  #slips = new Map<string, Cell[]>();
  #payers = new Map<string, Cell[]>();
  #units = new Map<string, Cell[]>();
  #funds = new Map<string, Cell[]>();
  #openItems: Cell[][] = [];
  #last: BillingRow | undefined;
  #lastItem: BillingRow | undefined;
  #place = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Knex, staged: StagedImport) {
    this.#db = db;
    this.#import = staged;
  }

  get isFull(): boolean {
    return this.#rows.length + this.#openItems.length >= rowsAtOnce;
  }

  /** `place` is how far in the file the row stands, from 0 to 1. */
  add(row: number, it: BillingRow, defaults: SlipDefaults, place: number): void {
    this.#place = place;
    if (!isSame(this.#last, it, ofSlip)) {
      this.#addPayer(row, it);
      this.#addSlip(row, it, defaults.purpose);
    }
    if (!isSame(this.#last, it, ofFund)) this.#addFund(row, it);
    if (isOpenItem(it)) this.#addOpenItem(row, it);
    else {
      this.#addItem(row, it, defaults);
      if (!isSame(this.#lastItem, it, ofUnit)) this.#addUnit(row, it);
      this.#lastItem = it;
    }
    this.#last = it;
  }

  #addItem(row: number, it: BillingRow, { iban, reference }: SlipDefaults): void {
    this.#rows.push([
      ...[this.#import.managerId, this.#import.importId, it.number, row, it.building, it.unit],
      ...[it.description, it.supplier, it.buildingTotalCents, it.allocationKey, it.quantity, it.measure, it.price],
      ...[it.baseCents, it.vatRate, it.vatCents, it.amountCents],
      ...[it.iban ?? iban, it.reference ?? reference, it.purposeCode, it.purpose],
    ]);
  }

  #addOpenItem(row: number, it: BillingRow): void {
    this.#openItems.push([...this.#head(), it.number, row, it.description, it.openDueDate, it.amountCents]);
  }

  #addPayer(row: number, it: BillingRow): void {
    const street = it.street ?? '';
    const town = [it.postCode, it.town].filter(Boolean).join(' ');
    const values = [it.payerName, street, town, it.taxNumber, it.email, it.channel ?? ''];
    const variant = variantOf(values);
    const key = `${it.payerCode} ${variant}`;
    if (this.#payers.has(key)) return;
    const search = payerSearchText({ code: it.payerCode, name: it.payerName, street, email: it.email });
    this.#payers.set(key, [...this.#head(), it.payerCode, variant, row, placedId(this.#place), ...values, search]);
  }

  #addSlip(row: number, it: BillingRow, purpose: string): void {
    const values = [it.payerCode, it.period, it.issueDate, it.dueDate, it.note];
    const variant = variantOf(values);
    const key = `${it.number} ${variant}`;
    if (this.#slips.has(key)) return;
    this.#slips.set(key, [...this.#head(), it.number, variant, row, placedId(this.#place), ...values, purpose]);
  }

  #addUnit(row: number, it: BillingRow): void {
    const kind = it.unitKind ?? 'apartment';
    const key = JSON.stringify([it.building, it.unit, kind]);
    const known = this.#units.get(key);
    if (known && String(known.at(-1)) >= it.period) return;
    const firstRow = known?.[5] ?? row;
    const values = [it.building, it.unit, kind, firstRow, placedId(this.#place), it.areaM2, it.persons, it.period];
    this.#units.set(key, [...this.#head(), ...values]);
  }

  #addFund(row: number, it: BillingRow): void {
    if (it.fundBalanceCents === null) return;
    const values = [it.fundOpeningCents, it.fundPaidInCents, it.fundSpentCents, it.fundBalanceCents];
    const variant = variantOf(values);
    const key = JSON.stringify([it.building, it.period, variant]);
    if (this.#funds.has(key)) return;
    this.#funds.set(key, [...this.#head(), it.building, it.period, variant, row, ...values]);
  }

  #head(): [string, string] {
    return [this.#import.managerId, this.#import.importId];
  }

  /** Writes what was collected, while the caller goes on reading: one flush waits for the one before. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#writing = this.#write();
    // Whoever waits for it gets the failure; until then it must not count as unhandled.
    this.#writing.catch(() => undefined);
  }

  /** Writes the rest, and is done when all is written. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#writing;
  }

  /** One transaction, since each commit waits for the disk. */
  async #write(): Promise<void> {
    const rows = { items: this.#rows, openItems: this.#openItems };
    const once = { slips: this.#slips, payers: this.#payers, units: this.#units, funds: this.#funds };
    this.#rows = [];
    this.#openItems = [];
    this.#slips = new Map();
    this.#payers = new Map();
    this.#units = new Map();
    this.#funds = new Map();
    await transaction(this.#db, async (trx) => {
      const insert = (table: keyof typeof columnsOf, cells: Iterable<Cell[]>, onConflict?: OnConflict) =>
        insertRows(trx, table, columnsOf[table], [...cells], onConflict);
      await insert('import_rows', rows.items);
      await insert('import_open_items', rows.openItems);
      await insert('import_slips', once.slips.values(), 'keep');
      await insert('import_funds', once.funds.values(), 'keep');
      await insert('import_payers', once.payers.values(), 'keep');
      await insert('import_units', once.units.values(), latestPeriod);
    });
  }
}

type Fields = readonly (keyof BillingRow)[];

const ofSlip = [
  ...(['payerCode', 'payerName', 'street', 'postCode', 'town', 'taxNumber', 'email', 'channel'] as const),
  ...(['number', 'period', 'issueDate', 'dueDate', 'note'] as const),
] satisfies Fields;

const ofUnit = ['building', 'unit', 'unitKind', 'areaM2', 'persons', 'period'] satisfies Fields;

const ofFund = [
  ...(['building', 'period'] as const),
  ...(['fundOpeningCents', 'fundPaidInCents', 'fundSpentCents', 'fundBalanceCents'] as const),
] satisfies Fields;

/** Whether a row says of these fields, cell by cell, what the one before said: then it is collected already. */
const isSame = (last: BillingRow | undefined, it: BillingRow, fields: Fields): boolean =>
  last !== undefined && fields.every((field) => last[field] === it[field]);
