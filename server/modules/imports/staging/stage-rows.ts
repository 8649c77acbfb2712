import type { Cell } from '../../../db/bulk.ts';
import { isOpenItem } from '../billing-file/check-row.ts';
import type { BillingRow } from '../billing-file/columns.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { subjects } from '../billing-file/subjects.ts';
import type { BulkWriter } from './bulk-writer.ts';
import { mostKept } from './kept.ts';
import { StagedFunds } from './staged-funds.ts';
import type { StagedImport } from './staged-import.ts';
import { StagedPayers } from './staged-payers.ts';
import { type SlipDefaults, StagedSlips, type StagedSlip } from './staged-slips.ts';
import { type BuildingSums, StagedSums } from './staged-sums.ts';
import type { StagedUnits } from './staged-units.ts';
import type { StagedTable } from './staging-columns.ts';

/** What stays the same from row to row until the file says something else. */
interface Current {
  slip?: StagedSlip;
  unitId: string;
  sums?: BuildingSums;
}

/**
 * Puts the rows of a file where they belong: items and open items at once at their final place, under the id of a slip
 * that nobody can reach, since it is not there yet; payers into their staging table. Slips, units, funds and sums are
 * known as a whole only at the end and are kept until then. Nothing more is written once the file has a fault.
 */
export class RowStager {
  readonly #import: StagedImport;
  readonly #purposeCode: string;
  readonly #writer: BulkWriter;
  readonly #faults: FaultList;
  readonly #slips: StagedSlips;
  readonly #payers: StagedPayers;
  readonly #units: StagedUnits;
  readonly #funds: StagedFunds;
  readonly #sums = new StagedSums();
  readonly #current: Current = { unitId: '' };
  #changed = ~0;

  constructor(
    staged: StagedImport & { readonly purposeCode: string },
    writer: BulkWriter,
    units: StagedUnits,
    faults: FaultList,
  ) {
    this.#import = staged;
    this.#purposeCode = staged.purposeCode;
    this.#writer = writer;
    this.#faults = faults;
    this.#units = units;
    this.#slips = new StagedSlips(staged.importId, faults);
    this.#payers = new StagedPayers(faults);
    this.#funds = new StagedFunds(faults);
  }

  get isFull(): boolean {
    return this.#writer.isFull;
  }

  /** More than the memory is for. */
  get isTooLarge(): boolean {
    const { size, orders } = this.#slips;
    return size + orders + this.#payers.size + this.#units.size + this.#funds.size + this.#sums.size > mostKept;
  }

  /** `place` is how far in the file the row stands, from 0 to 1; `changed` what it says something new about. */
  add(row: number, it: BillingRow, defaults: SlipDefaults, place: number, changed: number): void {
    this.#changed |= changed;
    if (this.#takes(subjects.payer)) {
      const payer = this.#payers.add(row, it, place);
      if (payer) this.#write('import_payers', [...this.#head(), ...payer]);
    }
    if (this.#takes(subjects.slip) || !this.#current.slip) {
      this.#current.slip = this.#slips.of(row, it, defaults);
    }
    if (this.#takes(subjects.fund)) this.#funds.add(row, it);
    if (isOpenItem(it)) this.#addOpenItem(this.#current.slip, row, it);
    else this.#addItem(this.#current.slip, row, it, defaults, place);
  }

  /** Whether something new was said about it since it was last looked at. */
  #takes(subject: number): boolean {
    const isNew = (this.#changed & subject) !== 0;
    this.#changed &= ~subject;
    return isNew;
  }

  #addItem(slip: StagedSlip, row: number, it: BillingRow, defaults: SlipDefaults, place: number): void {
    if (this.#takes(subjects.unit) || !this.#current.sums) {
      this.#current.unitId = this.#units.of(row, it, place);
      this.#current.sums = this.#sums.of(it.period, it.building);
    }
    const { unitId, sums } = this.#current;
    if (!slip.units.includes(unitId)) {
      slip.units = slip.units.concat(unitId);
      this.#write('slip_units', [this.#import.managerId, slip.id, unitId]);
    }
    if (!slip.buildings.includes(sums)) {
      slip.buildings = slip.buildings.concat(sums);
      sums.slips += 1;
    }
    this.#sums.add(sums, it.description, it.amountCents);
    const order = this.#slips.addItem(slip, row, it, defaults);
    // prettier-ignore
    this.#write('slip_items', [
      this.#import.managerId, slip.id, row, unitId, order, it.description, it.supplier, it.buildingTotalCents,
      it.allocationKey, it.quantity, it.measure, it.price, it.baseCents, it.vatRate, it.vatCents, it.amountCents,
    ]);
  }

  #addOpenItem(slip: StagedSlip, row: number, it: BillingRow): void {
    const { description, openDueDate, amountCents } = it;
    this.#write('slip_open_items', [this.#import.managerId, slip.id, row, description, openDueDate, amountCents]);
  }

  #head(): [string, string] {
    return [this.#import.managerId, this.#import.importId];
  }

  #write(table: StagedTable, row: Cell[]): void {
    if (this.#faults.count === 0) this.#writer.add(table, row);
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Checks what can be checked only now, and writes the rest. */
  async finish(): Promise<void> {
    this.#slips.check(this.#faults.count === 0);
    for (const [table, row] of this.#rest()) {
      if (this.#faults.count > 0) break;
      this.#writer.add(table, row);
      if (this.#writer.isFull) await this.#writer.flush();
    }
    await this.#writer.finish();
  }

  *#rest(): Generator<[StagedTable, Cell[]]> {
    const head = this.#head();
    for (const slip of this.#slips.all()) {
      const total = slip.orders.reduce((sum, { amountCents }) => sum + amountCents, 0);
      yield ['import_slips', [...head, slip.number, slip.firstRow, slip.id, slip.payerCode, slip.period, slip.issueDate, slip.dueDate, slip.note, total]]; // prettier-ignore
      for (const { position, iban, reference, purposeCode, purpose, amountCents } of slip.orders) {
        const texts = [purposeCode ?? this.#purposeCode, purpose ?? slip.defaultPurpose];
        yield ['payment_orders', [head[0], slip.id, position, iban, reference, ...texts, amountCents]];
      }
    }
    for (const row of this.#units.rows()) yield ['import_units', [...head, ...row]];
    for (const row of this.#funds.rows()) yield ['import_funds', [...head, ...row]];
    for (const row of this.#sums.buildings()) yield ['import_buildings', [...head, ...row]];
    for (const row of this.#sums.sums()) yield ['import_sums', [...head, ...row]];
  }
}
