import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Encoding } from './billing-file/encoding.ts';
import type { FaultList } from './billing-file/faults.ts';
import { type Header, readHeader } from './billing-file/read-header.ts';
import { type FileChunk, type FileRecord, readRecords } from './billing-file/read-records.ts';
import { RowParser } from './billing-file/row-parser.ts';
import type { SlipDefaultsFinder } from './slip-defaults.ts';
import type { RowStager } from './staging/stage-rows.ts';

export interface ReadOptions {
  readonly stager: RowStager;
  readonly path: string;
  readonly encoding: Encoding;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly defaults: SlipDefaultsFinder;
  readonly faults: FaultList;
  /** Called now and then; throws to give up. */
  readonly progress: (rows: number, bytes: number) => void;
}

export interface ReadFile {
  readonly unknownColumns: string[];
  /** The fields for which the file has a column. */
  readonly knownColumns: string[];
}

/** Spreadsheets leave such rows behind; they count as rows, so that our numbers are the spreadsheet's. */
const isBlank = ({ cells }: FileRecord): boolean => cells.every((cell) => cell.trim() === '');

/** One pass over a file: reads it, checks each row by itself and hands the good ones to the stager. */
class FileReader {
  readonly #options: ReadOptions;
  #header: Header | undefined;
  #parser: RowParser | undefined;
  rows = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** False when there is no point in reading on. */
  async take({ records, bytes }: FileChunk): Promise<boolean> {
    const { stager, faults, size } = this.#options;
    for (const record of records) {
      if (!this.#parser) {
        if (!this.#takeHeader(record)) return false;
      } else if (!isBlank(record)) {
        this.#takeRow(this.#parser, record, bytes / size);
        if (stager.isFull) await this.#flush();
        if (stager.isTooLarge) {
          faults.add('too_large', record.row);
          return false;
        }
      }
    }
    return true;
  }

  #takeHeader({ cells }: FileRecord): boolean {
    const { faults, encoding } = this.#options;
    this.#header = readHeader(cells, faults);
    if (this.#header) this.#parser = new RowParser(this.#header, encoding, faults);
    return this.#header !== undefined;
  }

  #takeRow(parser: RowParser, record: FileRecord, place: number): void {
    const { defaults, faults, stager } = this.#options;
    this.rows += 1;
    const parsed = parser.parse(record);
    const missing = parsed && defaults.find(record.row, parsed, faults);
    if (parsed && missing) stager.add(record.row, parsed, missing, place, parser.takeChanged());
  }

  async #flush(): Promise<void> {
    await this.#options.stager.flush();
    await nextTurn();
  }

  result(): ReadFile {
    const columns = this.#header?.columns ?? [];
    return {
      unknownColumns: this.#header?.unknown ?? [],
      knownColumns: columns.map(({ column }) => column.field),
    };
  }
}

/** Reads the whole file and stages it; what is wrong with it is in `faults` then. */
export async function readFile(options: ReadOptions): Promise<ReadFile> {
  const { path, encoding, faults, stager, progress } = options;
  const reader = new FileReader(options);
  try {
    for await (const chunk of readRecords(path, encoding, faults)) {
      if (!(await reader.take(chunk))) break;
      progress(reader.rows, chunk.bytes);
    }
  } finally {
    // Also when it is given up: whoever clears up must not be overtaken by a last batch.
    await stager.finish();
  }
  if (reader.rows === 0 && faults.count === 0) faults.add('header_only', 1);
  return reader.result();
}
