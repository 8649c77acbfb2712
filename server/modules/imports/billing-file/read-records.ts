import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { Encoding } from './encoding.ts';
import { type FaultList } from './faults.ts';

/** Rows longer than this are no billing rows; the limit also bounds the memory that one quoted cell can take. */
export const maxRowBytes = 64 * 1024;

/** One record of the file; row 1 is the header. An empty line is a record of one empty cell. */
export interface FileRecord {
  readonly row: number;
  readonly cells: string[];
}

/** Records together with how far in the file they reach. */
export interface FileChunk {
  readonly records: FileRecord[];
  readonly bytes: number;
}

/** UTF-8 goes to the parser as it is; the parser itself decodes nothing else. */
async function* decoded(path: string, encoding: Encoding): AsyncGenerator<{ data: Buffer | string; bytes: number }> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 128 * 1024 }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield { data: decoder ? decoder.decode(chunk, { stream: true }) : chunk, bytes };
  }
}

/**
 * Reads a CSV file as it goes by, a chunk at a time and no more than that in memory. A break of the CSV form itself is
 * put into `faults` and ends the reading: after it no row can be trusted.
 */
export async function* readRecords(path: string, encoding: Encoding, faults: FaultList): AsyncGenerator<FileChunk> {
  let records: FileRecord[] = [];
  let row = 0;
  const parser = parse({
    bom: true,
    delimiter: ';',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRowBytes,
  });
  parser.on('data', (cells: string[]) => records.push({ row: ++row, cells }));
  const failed = new Promise<never>((_, reject) => parser.once('error', reject));
  failed.catch(() => undefined);
  const written = (data: Buffer | string) =>
    new Promise<void>((resolve, reject) => parser.write(data, (error) => (error ? reject(error) : resolve())));
  let bytes = 0;
  try {
    for await (const chunk of decoded(path, encoding)) {
      await Promise.race([written(chunk.data), failed]);
      bytes = chunk.bytes;
      yield { records, bytes };
      records = [];
    }
    const ended = new Promise<void>((resolve) => parser.once('end', resolve));
    parser.end();
    await Promise.race([ended, failed]);
    yield { records, bytes };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { records, bytes };
    faults.add(error.code === 'CSV_MAX_RECORD_SIZE' ? 'row_too_long' : 'quotes', row + 1);
  } finally {
    parser.destroy();
  }
}
