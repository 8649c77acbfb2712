import { ref, shallowRef } from 'vue';
import { keptSince } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useReconnection } from './reconnection.ts';

/**
 * Asks at once, again on `reload`, and when the connection is back after an answer that was kept or none at all; of
 * overlapping questions the last one's answer counts.
 */
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

  useReconnection(() => {
    if (problem.value?.code === 'offline' || keptSince(answer.value) !== null) void reload();
  });
  void reload();
  return { answer, problem, waiting, reload };
}
