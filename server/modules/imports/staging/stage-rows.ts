import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import { type Cell, insertRows } from '../../../db/bulk.ts';
import { placedId } from '../../../db/id.ts';
import { transaction } from '../../../db/transaction.ts';
import { payerSearchText } from '../../payers/search-text.ts';
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
 * Collects rows and writes them to the staging tables some hundred at a time: the items as they are, payers, units and
 * slips once for each variant. What has been written just before is not written again.
 */
export class RowStager {
  readonly #db: Knex;
  readonly #import: StagedImport;
  #rows: Cell[][] = [];
  #slips = new Map<string, Cell[]>();
  #payers = new Map<string, Cell[]>();
  #units = new Map<string, Cell[]>();
  #last: BillingRow | undefined;
  #place = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Knex, staged: StagedImport) {
    this.#db = db;
    this.#import = staged;
  }

  get isFull(): boolean {
    return this.#rows.length >= rowsAtOnce;
  }

  /** `place` is how far in the file the row stands, from 0 to 1. */
  add(row: number, it: BillingRow, defaults: SlipDefaults, place: number): void {
    this.#place = place;
    this.#addItem(row, it, defaults);
    if (!this.#repeats(it)) {
      this.#addPayer(row, it);
      this.#addSlip(row, it, defaults.purpose);
    }
    this.#addUnit(row, it);
    this.#last = it;
  }

  /** Whether payer and slip are, cell by cell, those of the row before: then they are collected already. */
  #repeats(it: BillingRow): boolean {
    const last = this.#last;
    return last !== undefined && repeated.every((field) => last[field] === it[field]);
  }

  #addItem(row: number, it: BillingRow, { iban, reference }: SlipDefaults): void {
    this.#rows.push([
      ...[this.#import.managerId, this.#import.importId, it.number, row, it.building, it.unit],
      ...[it.description, it.supplier, it.buildingTotalCents, it.allocationKey, it.quantity, it.measure, it.price],
      ...[it.baseCents, it.vatRate, it.vatCents, it.amountCents],
      ...[it.iban ?? iban, it.reference ?? reference, it.purposeCode, it.purpose],
    ]);
  }

  #addPayer(row: number, it: BillingRow): void {
    const street = it.street ?? '';
    const town = [it.postCode, it.town].filter(Boolean).join(' ');
    const values = [it.payerName, street, town, it.taxNumber, it.email, it.channel ?? 'none'];
    const variant = variantOf(values);
    const key = `${it.payerCode} ${variant}`;
    if (this.#payers.has(key)) return;
    const search = payerSearchText({ code: it.payerCode, name: it.payerName, street, email: it.email });
    this.#payers.set(key, [...this.#head(), it.payerCode, variant, row, placedId(this.#place), ...values, search]);
  }

  #addSlip(row: number, it: BillingRow, purpose: string): void {
    const values = [it.payerCode, it.period, it.issueDate, it.dueDate];
    const variant = variantOf(values);
    const key = `${it.number} ${variant}`;
    if (this.#slips.has(key)) return;
    this.#slips.set(key, [...this.#head(), it.number, variant, row, placedId(this.#place), ...values, purpose]);
  }

  #addUnit(row: number, it: BillingRow): void {
    if (this.#last && sameUnit.every((field) => this.#last?.[field] === it[field])) return;
    const kind = it.unitKind ?? 'apartment';
    const key = JSON.stringify([it.building, it.unit, kind]);
    const known = this.#units.get(key);
    if (known && String(known.at(-1)) >= it.period) return;
    const firstRow = known?.[5] ?? row;
    const values = [it.building, it.unit, kind, firstRow, placedId(this.#place), it.areaM2, it.persons, it.period];
    this.#units.set(key, [...this.#head(), ...values]);
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
    const [rows, slips, payers, units] = [this.#rows, this.#slips, this.#payers, this.#units];
    this.#rows = [];
    this.#slips = new Map();
    this.#payers = new Map();
    this.#units = new Map();
    await transaction(this.#db, async (trx) => {
      await insertRows(trx, 'import_rows', columnsOf.import_rows, rows);
      await insertRows(trx, 'import_slips', columnsOf.import_slips, [...slips.values()], 'keep');
      await insertRows(trx, 'import_payers', columnsOf.import_payers, [...payers.values()], 'keep');
      await insertRows(trx, 'import_units', columnsOf.import_units, [...units.values()], latestPeriod);
    });
  }
}

const repeated = [
  ...(['payerCode', 'payerName', 'street', 'postCode', 'town', 'taxNumber', 'email', 'channel'] as const),
  ...(['number', 'period', 'issueDate', 'dueDate'] as const),
] satisfies (keyof BillingRow)[];

const sameUnit = ['building', 'unit', 'unitKind', 'areaM2', 'persons', 'period'] satisfies (keyof BillingRow)[];
