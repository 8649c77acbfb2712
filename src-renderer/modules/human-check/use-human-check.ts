import type { Challenge, Solution } from 'altcha-lib/types';
import { createHumanCheck, type HumanCheckAction } from '../../../contract/human-check.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useShell } from '../shell/use-shell.ts';
import HumanCheckWorker from './human-check.worker.ts?worker';

/** Works the solution out beside the page, which stays usable meanwhile. */
function solve(challenge: Challenge): Promise<Solution> {
  const worker = new HumanCheckWorker();
  return new Promise<Solution>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Solution | null>) =>
      data ? resolve(data) : reject(new ApiProblem({ code: 'human_check_failed' }));
    worker.onerror = (event) => reject(new ApiProblem({ code: 'human_check_failed' }, { cause: event.message }));
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

/** A fresh challenge of the server, solved, in altcha's encoding. */
async function solveChallenge(action: HumanCheckAction): Promise<string> {
  const { challenge } = await call(createHumanCheck, { query: { action } });
  // The contract leaves the challenge's inside to the library on both ends.
  const solution = await solve(challenge as unknown as Challenge);
  return btoa(JSON.stringify({ challenge, solution }));
}

/** The human check, whichever kind the portal asks for. Taken in a component's setup. */
export function useHumanCheck() {
  const { learnPortal } = useShell();

  /** An answer that is good for one request of this action; undefined where the portal asks for none. */
  async function answerHumanCheck(action: HumanCheckAction): Promise<string | undefined> {
    const { humanCheck } = await learnPortal();
    return humanCheck === 'off' ? undefined : await solveChallenge(action);
  }

  return { answerHumanCheck };
}
