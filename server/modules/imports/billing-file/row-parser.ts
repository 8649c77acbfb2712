import { checkRow } from './check-row.ts';
import { type BillingRow, type Column, columnOf } from './columns.ts';
import type { Encoding } from './encoding.ts';
import { Broken, broken, type FaultList } from './faults.ts';
import { euros } from './parse-amount.ts';
import { looksDecodedTwice } from './parse-text.ts';
import type { FileRecord } from './read-records.ts';
import type { Header } from './read-header.ts';

type Value = string | number | null;

/** A column at its place, with the cell it read last: payer, unit and dates repeat on all rows of a slip. */
interface Place {
  readonly column: Column;
  readonly index: number;
  text: string;
  value: Value | Broken;
}

const emptyRow = Object.fromEntries(Object.keys(columnOf).map((field) => [field, null]));

/** Turns the cells of a row into values, and says what is wrong with them. */
export class RowParser {
  readonly #places: Place[];
  readonly #width: number;
  readonly #mayBeMixed: boolean;
  readonly #faults: FaultList;

  constructor(header: Header, encoding: Encoding, faults: FaultList) {
    this.#places = header.columns.map(({ column, index }) => ({
      column,
      index,
      text: '',
      value: column.required ? broken('required') : null,
    }));
    this.#width = header.width;
    this.#mayBeMixed = encoding === 'windows-1250';
    this.#faults = faults;
  }

  /** The row's values; undefined when it is faulty, which is then in the list of faults. */
  parse({ row, cells }: FileRecord): BillingRow | undefined {
    // Spreadsheets pad rows with empty cells; anything else beyond the header has no name and so no meaning.
    if (cells.length < this.#width || cells.slice(this.#width).some((cell) => cell !== '')) {
      this.#faults.add('column_count', row, null, String(cells.length));
      return undefined;
    }
    const before = this.#faults.count;
    const values: Record<string, Value> = { ...emptyRow };
    for (const place of this.#places) {
      const text = cells[place.index]!;
      const value = this.#read(place, text);
      if (value instanceof Broken) this.#faults.add(value.rule, row, place.column.name, text);
      else values[place.column.field] = value;
    }
    if (this.#faults.count > before) return undefined;
    const parsed = values as unknown as BillingRow; // Each column's parser gives its field's type.
    return this.#holdsTogether(row, parsed) ? parsed : undefined;
  }

  #read(place: Place, text: string): Value | Broken {
    if (text !== place.text) {
      place.text = text;
      place.value = this.#parseCell(place.column, text.trim());
    }
    return place.value;
  }

  #parseCell(column: Column, text: string): Value | Broken {
    if (text === '') return column.required ? broken('required') : null;
    return this.#mayBeMixed && looksDecodedTwice(text) ? broken('mixed_encoding') : column.parse(text);
  }

  #holdsTogether(row: number, it: BillingRow): boolean {
    const before = this.#faults.count;
    checkRow(it, (rule, field) => this.#faults.add(rule, row, columnOf[field], written(it[field])));
    return this.#faults.count === before;
  }
}

const written = (value: Value): string | null => (typeof value === 'number' ? euros(value) : value);
