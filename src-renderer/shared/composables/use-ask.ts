import { ref, shallowRef } from 'vue';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';

/** Asks at once and again on `reload`; of overlapping questions the last one's answer counts. */
export function useAsk<T>(ask: () => Promise<T>) {
  const answer = shallowRef<T | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const waiting = ref(true);
  let latest = 0;

  async function reload(): Promise<void> {
    const mine = ++latest;
    waiting.value = true;
    try {
      const given = await ask();
      if (mine !== latest) return;
      answer.value = given;
      problem.value = null;
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    } finally {
      if (mine === latest) waiting.value = false;
    }
  }

  void reload();
  return { answer, problem, waiting, reload };
}
