import { placedId } from '../../../db/id.ts';
import type { Cell } from '../../../db/bulk.ts';
import { payerSearchText } from '../../payers/search-text.ts';
import type { BillingRow } from '../billing-file/columns.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { kept, packed, Reported, unpacked } from './kept.ts';

const columns = ['placnik', 'naslov', 'kraj', 'davcna_stevilka', 'e_posta', 'e_racun'] as const;

/** There is one variant of each: others are faults, and nothing of such a file is written. */
const variant = '';

/** The payers of a file. What rows say differently of one is a fault. */
export class StagedPayers {
  readonly #faults: FaultList;
  readonly #reported = new Reported();
  /** By code, what the first row says of them, a line each, packed. */
  readonly #payers = new Map<string, string>();

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  get size(): number {
    return this.#payers.size;
  }

  /** The cells of a payer who is new in the file. */
  add(row: number, it: BillingRow, place: number): Cell[] | undefined {
    const street = it.street ?? '';
    const town = [it.postCode, it.town].filter(Boolean).join(' ');
    const values = [it.payerName, street, town, it.taxNumber, it.email, it.channel ?? ''];
    const lines = packed(values.join('\n'));
    const known = this.#payers.get(it.payerCode);
    if (known === undefined) {
      const code = kept(it.payerCode);
      this.#payers.set(code, lines);
      const search = payerSearchText({ code, name: it.payerName, street, email: it.email });
      return [code, variant, row, placedId(place), ...values, search];
    }
    if (known !== lines) this.#report(row, it.payerCode, known, lines);
    return undefined;
  }

  #report(row: number, code: string, known: string, lines: string): void {
    if (!this.#reported.isNew(`${code}\n${lines}`)) return;
    const expected = unpacked(known).split('\n');
    unpacked(lines)
      .split('\n')
      .forEach((text, index) => {
        if (text !== expected[index]) this.#faults.add('payer_conflict', row, columns[index], text || null);
      });
  }
}
