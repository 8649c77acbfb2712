import type { Cell } from '../../../db/bulk.ts';
import { type BillingRow, columnOf } from '../billing-file/columns.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { euros } from '../billing-file/parse-amount.ts';
import { kept, Reported } from './kept.ts';

const fields = ['fundOpeningCents', 'fundPaidInCents', 'fundSpentCents', 'fundBalanceCents'] as const;

interface StagedFund {
  readonly row: number;
  readonly cents: readonly (number | null)[];
}

/** The reserve funds of a file, by building and period. What rows say differently of one is a fault. */
export class StagedFunds {
  readonly #faults: FaultList;
  readonly #reported = new Reported();
  readonly #funds = new Map<string, StagedFund>();

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  get size(): number {
    return this.#funds.size;
  }

  add(row: number, it: BillingRow): void {
    if (it.fundBalanceCents === null) return;
    const cents = fields.map((field) => it[field]);
    const key = `${it.building}\n${it.period}`;
    const known = this.#funds.get(key);
    if (!known) this.#funds.set(kept(key), { row, cents });
    else if (this.#differs(known, cents) && this.#reported.isNew(`${key}\n${cents.join(' ')}`)) {
      fields.forEach((field, index) => {
        const value = cents[index]!;
        if (value === known.cents[index]) return;
        this.#faults.add('fund_conflict', row, columnOf[field], value === null ? null : euros(value));
      });
    }
  }

  #differs({ cents: known }: StagedFund, cents: StagedFund['cents']): boolean {
    return cents.some((value, index) => value !== known[index]);
  }

  /** There is one variant of each: others are faults, and nothing of such a file is written. */
  *rows(): Generator<Cell[]> {
    for (const [key, { row, cents }] of this.#funds) {
      const [building = '', period = ''] = key.split('\n');
      yield [building, period, '', row, ...cents];
    }
  }
}
