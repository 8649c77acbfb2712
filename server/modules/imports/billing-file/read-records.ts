import { createReadStream } from 'node:fs';
import type { Encoding } from './encoding.ts';
import type { FaultList } from './faults.ts';
import { BrokenForm, RecordSplitter } from './record-splitter.ts';

/** One record of the file; row 1 is the header. An empty line is a record of one empty cell. */
export interface FileRecord {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Records together with how far in the file they reach. */
export interface FileChunk {
  readonly records: readonly FileRecord[];
  readonly bytes: number;
}

/** The text of the file, piece by piece, and at the end an empty piece. */
async function* decoded(path: string, encoding: Encoding) {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 128 * 1024 }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield { text: decoder.decode(chunk, { stream: true }), bytes, isLast: false };
  }
  yield { text: decoder.decode(), bytes, isLast: true };
}

/**
 * Reads a CSV file as it goes by, a chunk at a time and no more than that in memory. A break of the CSV form itself is
 * put into `faults` and ends the reading: after it no row can be trusted.
 */
export async function* readRecords(path: string, encoding: Encoding, faults: FaultList): AsyncGenerator<FileChunk> {
  const splitter = new RecordSplitter();
  let row = 0;
  for await (const { text, bytes, isLast } of decoded(path, encoding)) {
    const records: FileRecord[] = [];
    try {
      for (const cells of splitter.take(text, isLast)) records.push({ row: ++row, cells });
    } catch (error) {
      if (!(error instanceof BrokenForm)) throw error;
      yield { records, bytes };
      faults.add(error.rule, row + 1);
      return;
    }
    yield { records, bytes };
  }
}
