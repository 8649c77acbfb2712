/** Rows longer than this are no billing rows; the limit also bounds the memory that one quoted cell can take. */
export const maxRowLength = 64 * 1024;

/** Why a file cannot be read on: after it no row can be trusted. */
export class BrokenForm extends Error {
  readonly rule: 'row_too_long' | 'quotes';
  constructor(rule: 'row_too_long' | 'quotes') {
    super(rule);
    this.rule = rule;
  }
}

interface Found {
  readonly cells: string[];
  /** Where the next row begins. */
  readonly next: number;
}

const isEnd = (letter: string | undefined): boolean => letter === '\n' || letter === '\r';

/**
 * Cuts text that comes in pieces into rows and cells: semicolons, lines ended by CR LF, LF or CR, cells in quotes with
 * doubled quotes inside. A quote elsewhere than around a cell is a letter. Nearly all rows have none: these are cut by
 * the engine's own search, several times as fast as letter by letter.
 */
export class RecordSplitter {
  #text = '';
  #at = 0;
  #isLast = false;
  /** Where the next of each stands, once looked for; Infinity when there is none. */
  #lineFeed = -1;
  #return = -1;
  #quote = -1;

  /** The rows that end in what was given so far; the last one begins anew with the next piece. */
  *take(piece: string, isLast = false): Generator<string[]> {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#isLast = isLast;
    [this.#at, this.#lineFeed, this.#return, this.#quote] = [0, -1, -1, -1];
    for (;;) {
      const found = this.#at < this.#text.length ? this.#next() : undefined;
      if (!found) break;
      if (found.next - this.#at > maxRowLength) throw new BrokenForm('row_too_long');
      this.#at = found.next;
      yield found.cells;
    }
    if (this.#text.length - this.#at > maxRowLength) throw new BrokenForm('row_too_long');
  }

  #find(letter: string, known: number): number {
    if (known >= this.#at) return known;
    const place = this.#text.indexOf(letter, this.#at);
    return place === -1 ? Infinity : place;
  }

  #next(): Found | undefined {
    this.#lineFeed = this.#find('\n', this.#lineFeed);
    this.#return = this.#find('\r', this.#return);
    this.#quote = this.#find('"', this.#quote);
    const end = Math.min(this.#lineFeed, this.#return, this.#text.length);
    if (this.#quote < end) return this.#quoted();
    const next = this.#afterEnd(end);
    return next === undefined ? undefined : { cells: this.#text.slice(this.#at, end).split(';'), next };
  }

  /** Where the row after an end of line begins; undefined while more of the file may belong to it. */
  #afterEnd(end: number): number | undefined {
    if (end + 1 >= this.#text.length && !this.#isLast && this.#text[end] !== '\n') return undefined;
    return this.#text[end] === '\r' && this.#text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, this.#text.length);
  }

  #quoted(): Found | undefined {
    const cells: string[] = [];
    let at = this.#at;
    for (;;) {
      const closed = this.#text[at] === '"' ? this.#closed(at) : { value: '', next: at };
      if (!closed) return undefined;
      let end = closed.next;
      while (end < this.#text.length && this.#text[end] !== ';' && !isEnd(this.#text[end])) end += 1;
      const rest = this.#text.slice(closed.next, end);
      // A cell that goes on after its quote was not in quotes.
      cells.push(rest !== '' && closed.next > at ? this.#text.slice(at, end) : closed.value + rest);
      if (this.#text[end] !== ';') {
        const next = this.#afterEnd(end);
        return next === undefined ? undefined : { cells, next };
      }
      at = end + 1;
    }
  }

  /** What stands between the quotes that begin at `at`. */
  #closed(at: number): { value: string; next: number } | undefined {
    let value = '';
    let from = at + 1;
    for (;;) {
      const quote = this.#text.indexOf('"', from);
      if (quote === -1) {
        if (this.#isLast && this.#text.length - this.#at <= maxRowLength) throw new BrokenForm('quotes');
        return undefined;
      }
      if (this.#text[quote + 1] !== '"') return { value: value + this.#text.slice(from, quote), next: quote + 1 };
      value += this.#text.slice(from, quote + 1);
      from = quote + 2;
    }
  }
}
