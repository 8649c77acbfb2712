import { TextDecoder } from 'node:util';
import type { Rule } from './faults.ts';

export type Encoding = 'utf-8' | 'windows-1250';

const magics: readonly (readonly [Rule, readonly number[]])[] = [
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
  ['file_kind', [0x50, 0x4b, 0x03, 0x04]], // ZIP, and so XLSX.
  ['file_kind', [0x50, 0x4b, 0x05, 0x06]],
  ['file_kind', [0xd0, 0xcf, 0x11, 0xe0]], // The old Excel.
  ['file_kind', [0x25, 0x50, 0x44, 0x46]], // PDF.
  ['file_kind', [0x1f, 0x8b]], // gzip.
];

const magicLength = 4;

/**
 * Finds out, while the bytes of a file stream by, what they are: a file that is valid UTF-8 from the first byte to the
 * last is UTF-8, any other text is Windows-1250 as a whole. What is no text at all breaks a rule.
 */
export class EncodingDetector {
  #head = Buffer.alloc(0);
  #hasNul = false;
  #utf8: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true });

  push(chunk: Buffer): void {
    if (this.#head.length < magicLength) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, magicLength - this.#head.length)]);
    }
    this.#hasNul ||= chunk.includes(0);
    this.#decode(chunk);
  }

  /** Decodes with one decoder over all chunks, since a letter's bytes may lie on both sides of a cut. */
  #decode(chunk?: Buffer): void {
    try {
      this.#utf8?.decode(chunk, { stream: chunk !== undefined });
    } catch {
      this.#utf8 = undefined;
    }
  }

  /** Call once, after the last chunk. What was not taken to its end may break off in a letter. */
  finish(isCut = false): { encoding: Encoding; fault: Rule | null } {
    if (!isCut) this.#decode();
    return { encoding: this.#utf8 ? 'utf-8' : 'windows-1250', fault: this.#fault() };
  }

  #fault(): Rule | null {
    if (this.#head.length === 0) return 'empty_file';
    const magic = magics.find(([, bytes]) => bytes.every((byte, index) => this.#head[index] === byte));
    if (magic) return magic[0];
    if (!this.#hasNul) return null;
    // Without its mark, UTF-16 of Latin text has a NUL beside each letter.
    return this.#head.length === magicLength && (this.#head[0] === 0) !== (this.#head[1] === 0) ? 'utf16' : 'nul_byte';
  }
}
