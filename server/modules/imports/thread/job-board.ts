import type { Import as ContractImport } from '../../../../contract/imports.ts';

const phases = ['reading', 'checking', 'writing', 'done'] as const;
type Phase = ContractImport['progress']['phase'];

const places = { stop: 0, phase: 1, rows: 2, bytes: 3 } as const;

/** Thrown in the thread when the job is not wanted any more. */
export class Stopped extends Error {}

/** What a job's thread and the main thread tell each other without a message: how far it is, and that it is to stop. */
export class JobBoard {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Float64Array;

  constructor(buffer = new SharedArrayBuffer(Object.keys(places).length * Float64Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#numbers = new Float64Array(buffer);
  }

  get phase(): Phase {
    return phases[this.#numbers[places.phase]!]!;
  }

  set phase(phase: Phase) {
    this.#numbers[places.phase] = phases.indexOf(phase);
  }

  get rows(): number {
    return this.#numbers[places.rows]!;
  }

  get bytes(): number {
    return this.#numbers[places.bytes]!;
  }

  progress(rows: number, bytes: number): void {
    this.#numbers[places.rows] = rows;
    this.#numbers[places.bytes] = bytes;
  }

  stop(): void {
    this.#numbers[places.stop] = 1;
  }

  /** @throws Stopped */
  goOn(): void {
    if (this.#numbers[places.stop] === 1) throw new Stopped();
  }
}
