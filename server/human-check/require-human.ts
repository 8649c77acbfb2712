import type { HumanCheckAction } from '../../contract/human-check.ts';
import { ApiError } from '../http/api-error.ts';
import type { HumanCheck } from './human-check.ts';

/**
 * Lets nobody past without a good answer, which is used up by it. Comes before anything else is done.
 * @throws human_check_failed, human_check_unavailable
 */
export async function requireHuman(
  humanCheck: HumanCheck,
  answer: string | undefined,
  action: HumanCheckAction,
): Promise<void> {
  const verdict = await humanCheck.verify(answer, action);
  if (verdict === 'good') return;
  throw new ApiError(verdict === 'bad' ? 'human_check_failed' : 'human_check_unavailable');
}
