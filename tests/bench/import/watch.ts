import { pathOf } from '../../../contract/endpoint.ts';
import { listImports } from '../../../contract/imports.ts';

/** How long a request of the office waits while an import is worked on: asked every 20 ms, answered or not. */
export function watch(origin: string, headers: HeadersInit) {
  const waited: number[] = [];
  const underWay = new Set<Promise<void>>();
  const one = async (): Promise<void> => {
    const start = performance.now();
    const answer = await fetch(origin + pathOf(listImports), { headers });
    await answer.text();
    if (answer.status === 200) waited.push(performance.now() - start);
    else throw new Error(`status ${answer.status}`);
  };
  const timer = setInterval(() => {
    const asked: Promise<void> = one().finally(() => underWay.delete(asked));
    underWay.add(asked);
  }, 20);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      waited.sort((a, b) => a - b);
      const at = (share: number): number => waited[Math.min(waited.length - 1, Math.floor(waited.length * share))] ?? 0;
      return { requests: waited.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
    },
  };
}
