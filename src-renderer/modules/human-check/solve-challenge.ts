import type { Challenge, Solution } from 'altcha-lib/types';
import { createHumanCheck, type HumanCheckAction } from '../../../contract/human-check.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
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

/** A fresh challenge of the server for this action, solved, in altcha's encoding. */
export async function solveChallenge(action: HumanCheckAction): Promise<string> {
  const { challenge } = await call(createHumanCheck, { query: { action } });
  // The contract leaves the challenge's inside to the library on both ends.
  const solution = await solve(challenge as unknown as Challenge);
  return btoa(JSON.stringify({ challenge, solution }));
}
