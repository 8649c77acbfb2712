import { placedIn } from '../../../db/id.ts';
import { maxAmountCents } from '../../../payments/amount.ts';
import { type BillingRow, columnOf } from '../billing-file/columns.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { euros } from '../billing-file/parse-amount.ts';
import { kept, RepeatedTexts, Reported } from './kept.ts';
import type { BuildingSums } from './staged-sums.ts';

/** What a row says about its slip that is not in the file but follows from the manager's settings. */
export interface SlipDefaults {
  readonly iban: string;
  readonly reference: string;
  readonly purpose: string;
}

/** It stands where its first item stands, an item at its row of the file: positions order, they do not count. */
export interface StagedOrder {
  readonly position: number;
  readonly iban: string;
  readonly reference: string;
  purposeCode: string | null;
  purpose: string | null;
  amountCents: number;
}

const fields = ['payerCode', 'period', 'issueDate', 'dueDate', 'note'] as const satisfies (keyof BillingRow)[];

export interface StagedSlip extends Pick<BillingRow, 'number' | (typeof fields)[number]> {
  readonly id: string;
  readonly firstRow: number;
  readonly defaultPurpose: string;
  orders: readonly StagedOrder[];
  /** The ids of the units of which it has items. */
  units: readonly string[];
  /** The buildings in which it has items. */
  buildings: readonly BuildingSums[];
}

/** Most slips have one order, unit and building: a list that can grow would have room for 17. */
const none: readonly never[] = [];

/** The slips of a file, which its rows may name in any order, and what is to be paid for them. */
export class StagedSlips {
  readonly #importId: string;
  readonly #faults: FaultList;
  readonly #reported = new Reported();
  readonly #repeated = new RepeatedTexts();
  readonly #slips = new Map<string, StagedSlip>();
  orders = 0;

  constructor(importId: string, faults: FaultList) {
    this.#importId = importId;
    this.#faults = faults;
  }

  get size(): number {
    return this.#slips.size;
  }

  all(): Iterable<StagedSlip> {
    return this.#slips.values();
  }

  /** The row's slip; what the row says differently than the slip's first row did is a fault. */
  of(row: number, it: BillingRow, { purpose }: SlipDefaults): StagedSlip {
    const known = this.#slips.get(it.number);
    if (known) {
      this.#compare(row, it, known);
      return known;
    }
    const repeated = this.#repeated;
    const slip: StagedSlip = {
      id: placedIn(this.#importId, this.#slips.size),
      ...{ number: kept(it.number), firstRow: row, payerCode: kept(it.payerCode), period: repeated.of(it.period) },
      ...{ issueDate: repeated.of(it.issueDate), dueDate: repeated.of(it.dueDate), note: repeated.of(it.note) },
      ...{ defaultPurpose: repeated.of(purpose), orders: none, units: none, buildings: none },
    };
    this.#slips.set(slip.number, slip);
    return slip;
  }

  #compare(row: number, it: BillingRow, known: StagedSlip): void {
    const differing = fields.filter((field) => it[field] !== known[field]);
    if (differing.length === 0) return;
    if (!this.#reported.isNew(JSON.stringify([known.id, ...fields.map((field) => it[field])]))) return;
    for (const field of differing) this.#faults.add('slip_conflict', row, columnOf[field], it[field]);
  }

  /** Puts an item into its payment order. Answers with the order's position. */
  addItem(slip: StagedSlip, row: number, it: BillingRow, defaults: SlipDefaults): number {
    const iban = it.iban ?? defaults.iban;
    const reference = it.reference ?? defaults.reference;
    let order = slip.orders.find((one) => one.reference === reference && one.iban === iban);
    if (!order) {
      const texts = { iban: this.#repeated.of(iban), reference: kept(reference), purposeCode: null, purpose: null };
      order = { position: row, ...texts, amountCents: 0 };
      slip.orders = slip.orders.concat(order);
      this.orders += 1;
    }
    order.amountCents += it.amountCents;
    this.#agree(slip, order, row, 'purposeCode', it.purposeCode);
    this.#agree(slip, order, row, 'purpose', it.purpose);
    return order.position;
  }

  /** Items that go into one payment order must not ask for different texts. */
  #agree(slip: StagedSlip, order: StagedOrder, row: number, field: 'purpose' | 'purposeCode', text: string | null) {
    if (text === null || text === order[field]) return;
    if (order[field] === null) order[field] = this.#repeated.of(text);
    else if (this.#reported.isNew(`${slip.id} ${order.position} ${field}`)) {
      this.#faults.add('order_conflict', row, columnOf[field], text);
    }
  }

  /** What can be said of a slip only when all of its rows are known. `isWhole` when no row was refused. */
  check(isWhole: boolean): void {
    for (const slip of this.#slips.values()) {
      // A row that was refused may have been the item that a slip seems to lack.
      if (isWhole && slip.orders.length === 0) this.#faults.add('no_items', slip.firstRow, 'racun', slip.number);
      for (const { position, amountCents } of slip.orders) {
        if (Math.abs(amountCents) > maxAmountCents) {
          this.#faults.add('order_amount', position, 'znesek', euros(amountCents));
        }
      }
    }
  }
}
