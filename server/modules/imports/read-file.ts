import type { Knex } from 'knex';
import { breathe } from '../../db/bulk.ts';
import type { Encoding } from './billing-file/encoding.ts';
import type { FaultList } from './billing-file/faults.ts';
import { type Header, readHeader } from './billing-file/read-header.ts';
import { type FileChunk, type FileRecord, readRecords } from './billing-file/read-records.ts';
import { RowParser } from './billing-file/row-parser.ts';
import type { SlipDefaultsFinder } from './slip-defaults.ts';
import type { StagedImport } from './staging/staged-import.ts';
import { RowStager } from './staging/stage-rows.ts';

export interface ReadOptions {
  readonly db: Knex;
  readonly staged: StagedImport;
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
  readonly present: ReadonlySet<string>;
}

/** Spreadsheets leave such rows behind; they count as rows, so that our numbers are the spreadsheet's. */
const isBlank = ({ cells }: FileRecord): boolean => cells.every((cell) => cell.trim() === '');

/** One pass over a file: reads it, checks each row by itself and writes the good ones to the staging tables. */
class FileReader {
  readonly #options: ReadOptions;
  readonly #stager: RowStager;
  #header: Header | undefined;
  #parser: RowParser | undefined;
  rows = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#stager = new RowStager(options.db, options.staged);
  }

  /** False when the header is such that there is no point in reading on. */
  async take({ records, bytes }: FileChunk): Promise<boolean> {
    const place = bytes / this.#options.size;
    for (const record of records) {
      if (!this.#parser) {
        if (!this.#takeHeader(record)) return false;
      } else if (!isBlank(record)) {
        this.#takeRow(this.#parser, record, place);
        if (this.#stager.isFull) await this.#flush();
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
    this.rows += 1;
    const parsed = parser.parse(record);
    const defaults = parsed && this.#options.defaults.find(record.row, parsed, this.#options.faults);
    if (parsed && defaults) this.#stager.add(record.row, parsed, defaults, place);
  }

  async #flush(): Promise<void> {
    await this.#stager.flush();
    await breathe();
  }

  finish(): Promise<void> {
    return this.#stager.finish();
  }

  result(): ReadFile {
    const columns = this.#header?.columns ?? [];
    return {
      unknownColumns: this.#header?.unknown ?? [],
      present: new Set(columns.map(({ column }) => column.field)),
    };
  }
}

/** Reads the whole file into the staging tables; what is wrong with it is in `faults` then. */
export async function readFile(options: ReadOptions): Promise<ReadFile> {
  const reader = new FileReader(options);
  try {
    for await (const chunk of readRecords(options.path, options.encoding, options.faults)) {
      if (!(await reader.take(chunk))) return reader.result();
      options.progress(reader.rows, chunk.bytes);
    }
  } finally {
    // Also when it is given up: whoever clears the staging tables must not be overtaken by a last batch.
    await reader.finish();
  }
  if (reader.rows === 0 && options.faults.count === 0) options.faults.add('header_only', 1);
  return reader.result();
}
