/** What one try was answered: all that a caller can see, and how long it took. */
export interface Seen {
  readonly ms: number;
  /** Status, headers and body, without what is another one in each answer. */
  readonly answer: string;
}

export async function see(response: () => Promise<{ status: number; headers: Headers; bytes: Buffer }>): Promise<Seen> {
  const start = performance.now();
  const { status, headers, bytes } = await response();
  const ms = performance.now() - start;
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  const body = bytes.toString('latin1').replace(/"requestId":"[0-9a-f-]{36}"/, '"requestId":""');
  return { ms, answer: JSON.stringify([status, kept, body]) };
}

/**
 * How often a time of `a` is the longer one, of all pairs (the Mann-Whitney statistic as a share): a half when nobody
 * could tell which is which, 0 or 1 when one look is enough. A pause of the machine counts as one pair, however long.
 */
function shareLonger(a: readonly number[], b: readonly number[]): number {
  let longer = 0;
  for (const x of a) for (const y of b) longer += x > y ? 1 : x === y ? 0.5 : 0;
  return longer / (a.length * b.length);
}

/** How far a share is from telling nothing. */
const distance = (share: number): number => Math.abs(share - 0.5);

const half = (values: readonly number[], rest: number): number[] => values.filter((_, place) => place % 2 === rest);

/**
 * How well the times tell two sides apart (0: not at all, 0.5: always), and how well those of one side tell each other
 * apart in the same run, which is what this machine's noise does.
 */
export function separation(known: readonly number[], unknown: readonly number[]) {
  const noise = [known, unknown].map((side) => distance(shareLonger(half(side, 0), half(side, 1))));
  return { found: distance(shareLonger(known, unknown)), noise: Math.max(...noise) };
}
