/** Whose turn it is: what somebody waits for at the screen goes before what is made by the thousand. */
export type Urgency = 'first' | 'later';

/** Lets so many tasks run at a time; the others wait for their turn. */
export class Turns {
  private readonly most: number;
  private running = 0;
  private readonly queues: Readonly<Record<Urgency, (() => void)[]>> = { first: [], later: [] };

  constructor(most: number) {
    this.most = most;
  }

  get waiting(): number {
    return this.queues.first.length + this.queues.later.length;
  }

  async take<T>(urgency: Urgency, work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((resolve) => this.queues[urgency].push(resolve));
    try {
      return await work();
    } finally {
      // The turn is handed on, not given back: nobody comes in between.
      const next = this.queues.first.shift() ?? this.queues.later.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
