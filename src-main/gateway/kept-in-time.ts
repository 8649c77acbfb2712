import { setTimeout as pass } from 'node:timers/promises';
import { NotAPortal, Unreachable } from './portal-client.ts';

/** A portal that was slow lately is waited for: else its late answers and the window's questions chase each other. */
const slowForMs = 60_000;

/**
 * Prefers the portal's answer, and takes the kept one when there is no portal, somebody else answers for it, or it takes
 * longer than the person's patience. `onSlow` is called in the last case: the answer may still come.
 */
export function createKeptInTime(patienceMs: number, onSlow: () => void) {
  let slowUntil = 0;

  /** Null when the portal answers in time or nothing was kept. */
  async function keptWhenSlow<T>(kept: () => Promise<T | null>, answered: AbortSignal): Promise<T | null> {
    if (Date.now() < slowUntil) return null;
    const isLate = await pass(patienceMs, true, { ref: false, signal: answered }).catch(() => false);
    const found = isLate ? await kept() : null;
    if (found === null || answered.aborted) return null;
    slowUntil = Date.now() + slowForMs;
    onSlow();
    return found;
  }

  return async function keptInTime<T>(fresh: () => Promise<T>, kept: () => Promise<T | null>): Promise<T> {
    const answered = new AbortController();
    const own = fresh().finally(() => answered.abort());
    own.catch(() => undefined);
    try {
      return (await Promise.race([own, keptWhenSlow(kept, answered.signal)])) ?? (await own);
    } catch (error) {
      const found = error instanceof Unreachable || error instanceof NotAPortal ? await kept() : null;
      if (found === null) throw error;
      return found;
    }
  };
}
