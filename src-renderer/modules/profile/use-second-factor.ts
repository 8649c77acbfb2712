import {
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../../contract/second-factor.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { useOwnSession } from '../session/use-own-session.ts';

/** Setting up the second factor and changing it. Each fails with an ApiProblem. */
export function useSecondFactor() {
  const { take, refresh } = useOwnSession();

  /** Where it was turned on or off in the meantime, the page must show how it stands. */
  async function upToDate<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (toProblem(error).code === 'second_factor_state') await refresh();
      throw error;
    }
  }

  const start = (password: string) => upToDate(() => call(startSecondFactor, { body: { password } }));

  /** The recovery codes. */
  const confirm = (code: string) =>
    upToDate(async () => (await call(confirmSecondFactor, { body: { code } })).recoveryCodes);

  const renew = (password: string) =>
    upToDate(async () => (await call(renewRecoveryCodes, { body: { password } })).recoveryCodes);

  const remove = (password: string, code: string) =>
    upToDate(async () => take(await call(removeSecondFactor, { body: { password, code } })));

  return { start, confirm, renew, remove, refresh };
}
