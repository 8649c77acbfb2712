import type { ErrorCode } from '../../contract/errors.ts';
import { Unreachable } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';

/** After these the portal may have done its work all the same. */
const open: readonly (ErrorCode | undefined)[] = ['offline', 'internal', 'unavailable'];

/**
 * Slip passwords exist nowhere else than in the file that they come in: unless the portal refused, or was never reached,
 * they may be lost.
 */
export function mayBeIssued(cause: unknown): boolean {
  if (!(cause instanceof ProblemError)) return true;
  if (cause.cause instanceof Unreachable) return cause.cause.mayHaveArrived;
  return open.includes(cause.problem.code);
}

/** Asks again and again until it is told to stop. What cannot be learnt is not shown: `onUnknown` hears why. */
export function askAgain(ask: () => Promise<void>, everyMs: number, onUnknown: (cause: unknown) => void): () => void {
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    ask()
      .catch(onUnknown)
      .finally(() => (isAsking = false));
  }, everyMs);
  return () => clearInterval(timer);
}
