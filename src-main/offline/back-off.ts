/** How long not to ask again after failures. */
export interface BackOff {
  /** @param atLeastMs what the portal itself wants */
  failed(atLeastMs: number): void;
  remainingMs(): number;
  reset(): void;
}

const firstMs = 5000;
const longestMs = 5 * 60_000;

/**
 * The first failure costs nothing: who waits for the connection comes back with it. From the second in a row on, for a
 * portal that answers and breaks off each time, 5 seconds and then twice as long each time, to five minutes.
 */
export function createBackOff(): BackOff {
  let failures = 0;
  let until = 0;
  return {
    failed(atLeastMs) {
      const backOffMs = failures++ === 0 ? 0 : Math.min(firstMs * 2 ** (failures - 2), longestMs);
      until = performance.now() + Math.max(backOffMs, atLeastMs);
    },
    remainingMs: () => Math.max(0, until - performance.now()),
    reset() {
      failures = 0;
      until = 0;
    },
  };
}
