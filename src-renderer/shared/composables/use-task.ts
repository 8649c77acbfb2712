import { ref, shallowRef } from 'vue';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';

/** Something a person sets off with a button: one at a time, its failure kept for showing. */
export function useTask<Arguments extends unknown[], T>(work: (...given: Arguments) => Promise<T>) {
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  /** The result, or undefined when it failed or one is still running. */
  async function run(...given: Arguments): Promise<T | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    problem.value = null;
    try {
      return await work(...given);
    } catch (error) {
      problem.value = toProblem(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return { run, busy, problem };
}
