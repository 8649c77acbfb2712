import { computed, ref, shallowRef } from 'vue';
import type { OtherSession } from '../../../contract/errors.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import type { SignInCredentials } from '../../desktop/index.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useHumanCheck } from '../human-check/use-human-check.ts';
import { useSession } from './use-session.ts';

/** What the portal wants besides e-mail and password. */
type Step = 'credentials' | 'second-factor' | 'take-over';

/** The problems that only mean: go on. */
const steps: Partial<Record<ApiProblem['code'], Step>> = {
  second_factor_required: 'second-factor',
  second_factor_rejected: 'second-factor',
  session_active: 'take-over',
};

/**
 * The sign-in, which may take several requests: each repeats the ones before with what the portal asked for. A human
 * check is answered without a word to the person; the others are steps of the page.
 */
export function useSignIn() {
  const session = useSession();
  const { withHumanCheck } = useHumanCheck();
  const step = ref<Step>('credentials');
  /** The session that would end by taking over. */
  const other = shallowRef<OtherSession | null>(null);

  async function attempt(credentials: SignInCredentials): Promise<true> {
    try {
      await session.signIn(credentials);
    } catch (error) {
      if (toProblem(error).code !== 'human_check_required') throw error;
      await withHumanCheck('sign-in', (humanCheck = '') => session.signIn({ ...credentials, humanCheck }));
    }
    return true;
  }

  const task = useTask(attempt);

  /** Whether the person is signed in now; otherwise `step` and `problem` say what comes next. */
  async function signIn(credentials: SignInCredentials): Promise<boolean> {
    if (await task.run(credentials)) return true;
    const problem = task.problem.value;
    if (problem) {
      step.value = steps[problem.code] ?? (problem.code === 'wrong_credentials' ? 'credentials' : step.value);
      other.value = problem.session ?? null;
    }
    return false;
  }

  function back(): void {
    step.value = 'credentials';
    task.problem.value = null;
  }

  /** What went wrong; that something more is wanted is nothing wrong. */
  const problem = computed(() => {
    const found = task.problem.value;
    return found && (found.code === 'second_factor_rejected' || !(found.code in steps)) ? found : null;
  });

  return { signIn, back, step, other, busy: task.busy, problem };
}
