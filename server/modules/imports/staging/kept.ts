/**
 * How many slips, payment orders, payers, units and sums of one file are kept in memory while it is read, at some 250
 * bytes each: 100,000 slips are about half a million. A file with more has to be divided.
 */
export const mostKept = 800_000;

/** A string of its own: cells are cut out of large pieces of the file, which they would otherwise keep in memory. */
export const kept = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** The same in a byte a letter, wherever most are plain: one `č` would make the string take two for each. */
export const packed = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export const unpacked = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

const mostRepeated = 10_000;

/** Dates, accounts, purposes: what a file says again and again is kept once. */
export class RepeatedTexts {
  readonly #texts = new Map<string, string>();

  of<T extends string | null>(text: T): T {
    if (text === null) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known as T;
    const own = kept(text);
    if (this.#texts.size < mostRepeated) this.#texts.set(own, own);
    return own as T;
  }
}

/** Which contradictions were reported already: each that rows repeat counts once. */
export class Reported {
  readonly #seen = new Set<string>();

  isNew(what: string): boolean {
    if (this.#seen.has(what)) return false;
    if (this.#seen.size < 10_000) this.#seen.add(what);
    return true;
  }
}
