/**
 * Does the work for some of the items at once and hands the results on in the order of the items. Begins no more while
 * nobody takes what is done, and nothing at all once the taker has gone.
 */
export async function* inFlight<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Whoever waits for it hears of its failure; until then it is not one that nobody handles.
      result.catch(() => undefined);
      begun.push(result);
      if (begun.length >= atOnce) yield await begun.shift()!;
    }
    while (begun.length > 0) yield await begun.shift()!;
  } finally {
    await Promise.allSettled(begun);
  }
}
