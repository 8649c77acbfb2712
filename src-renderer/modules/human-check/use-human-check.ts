import type { HumanCheckAction } from '../../../contract/human-check.ts';
import { getPortal } from '../../../contract/portal.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { solveChallenge } from './solve-challenge.ts';
import { useHumanCheckStore } from './use-human-check-store.ts';

/** The human check, whichever kind the portal asks for. Taken in a component's setup. */
export function useHumanCheck() {
  const store = useHumanCheckStore();

  async function tracked<T>(work: () => Promise<T>): Promise<T> {
    store.setState('checking');
    try {
      const result = await work();
      store.setState('done');
      return result;
    } catch (error) {
      store.setState('idle');
      throw error;
    }
  }

  /** Turnstile's answer; where it cannot be had, one that this computer works out. Not when the user said no. */
  async function askTurnstile(action: HumanCheckAction): Promise<string> {
    try {
      store.setState('asking');
      return unwrap(await desktop().humanCheck.answer(action));
    } catch (error) {
      if (toProblem(error).code === 'cancelled') throw error;
      store.setState('checking');
      return await solveChallenge(action);
    }
  }

  /**
   * An answer that is good for one request of this action: each try asks for its own. Undefined where the portal asks
   * for none. Fails with an ApiProblem: `cancelled` when the user closed the check.
   */
  async function answerHumanCheck(action: HumanCheckAction): Promise<string | undefined> {
    store.setState('idle');
    // Asked anew each time: the operator may have changed it since the program was started.
    const { humanCheck } = await call(getPortal);
    if (humanCheck === 'off') return undefined;
    return await tracked(() => (humanCheck === 'turnstile' ? askTurnstile(action) : solveChallenge(action)));
  }

  /**
   * Sends a request along with an answer; once more with an answer worked out here when the server could not have the
   * first one judged. The check comes before anything else on the server: nothing has been done by then.
   */
  async function withHumanCheck<T>(
    action: HumanCheckAction,
    send: (humanCheck: string | undefined) => Promise<T>,
  ): Promise<T> {
    try {
      return await send(await answerHumanCheck(action));
    } catch (error) {
      if (toProblem(error).code !== 'human_check_unavailable') throw error;
      return await send(await tracked(() => solveChallenge(action)));
    }
  }

  return { answerHumanCheck, withHumanCheck };
}
