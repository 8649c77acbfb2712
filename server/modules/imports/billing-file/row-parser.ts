import { unmarked } from '../../../csv.ts';
import { checkRow } from './check-row.ts';
import { type BillingRow, type Column, columnOf } from './columns.ts';
import type { Encoding } from './encoding.ts';
import { Broken, broken, type FaultList } from './faults.ts';
import { euros } from './parse-amount.ts';
import { looksDecodedTwice } from './parse-text.ts';
import type { FileRecord } from './read-records.ts';
import type { Header } from './read-header.ts';
import { aboutOf } from './subjects.ts';

type Value = string | number | null;

/** A column at its place, with the cell it read last: payer, unit and dates repeat on all rows of a slip. */
interface Place {
  readonly column: Column;
  readonly index: number;
  /** What its cells are about. */
  readonly about: number;
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
  /** Each column's parser gives its field's type. */
  readonly #row: Record<string, Value> = { ...emptyRow };
  #changed = ~0;
  #broken: number;

  constructor(header: Header, encoding: Encoding, faults: FaultList) {
    this.#places = header.columns.map(({ column, index }) => ({
      column,
      index,
      about: aboutOf(column.field),
      text: '',
      value: column.required ? broken('required') : null,
    }));
    this.#broken = this.#places.filter(({ value }) => value instanceof Broken).length;
    this.#width = header.width;
    this.#mayBeMixed = encoding === 'windows-1250';
    this.#faults = faults;
  }

  /**
   * The row's values; undefined when it is faulty, which is then in the list of faults. It is the same object each
   * time, with what differs from the row before: most cells do not.
   */
  parse({ row, cells }: FileRecord): BillingRow | undefined {
    // Spreadsheets pad rows with empty cells; anything else beyond the header has no name and so no meaning.
    if (cells.length !== this.#width && !this.#isPadded(cells)) {
      this.#faults.add('column_count', row, null, String(cells.length));
      return undefined;
    }
    for (const place of this.#places) {
      const text = cells[place.index]!;
      if (text !== place.text) this.#read(place, text);
    }
    if (this.#broken > 0) {
      this.#report(row);
      return undefined;
    }
    // Every column has been read into it without a fault: it is a whole row now.
    const parsed = this.#row as unknown as BillingRow;
    return this.#holdsTogether(row, parsed) ? parsed : undefined;
  }

  /** What the rows since the last call said something new about (subjects.ts), faulty ones included. */
  takeChanged(): number {
    const changed = this.#changed;
    this.#changed = 0;
    return changed;
  }

  #isPadded(cells: readonly string[]): boolean {
    return cells.length > this.#width && cells.slice(this.#width).every((cell) => cell === '');
  }

  #read(place: Place, text: string): void {
    if (place.value instanceof Broken) this.#broken -= 1;
    place.text = text;
    place.value = this.#parseCell(place.column, unmarked(text.trim()).trim());
    if (place.value instanceof Broken) this.#broken += 1;
    else this.#row[place.column.field] = place.value;
    this.#changed |= place.about;
  }

  #report(row: number): void {
    if (this.#places.every(({ column, text }) => text.trim().toLowerCase() === column.name)) {
      this.#faults.add('header_again', row);
      return;
    }
    for (const { value, column, text } of this.#places) {
      if (value instanceof Broken) this.#faults.add(value.rule, row, column.name, text);
    }
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
