import { vi } from 'vitest';

/**
 * Waits until this no longer throws, and answers what it gives. It has half a minute, because a machine may be busy:
 * `vi.waitFor` gives up after a second. With fake timers each look moves their time on by 20 ms.
 */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 30_000, interval: 20 });
