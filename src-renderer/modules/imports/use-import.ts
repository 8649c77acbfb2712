import { computed, onScopeDispose, shallowRef } from 'vue';
import type { ErrorCode } from '../../../contract/errors.ts';
import { confirmImport, discardImport, getImport, publishImport, withdrawImport } from '../../../contract/imports.ts';
import type { Import } from '../../../contract/imports.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { isBusy } from './import-state.ts';

const firstPause = 500;
const longestPause = 2000;

/** What passes by itself: the check goes on at the portal meanwhile, so we keep asking. */
const passing: readonly ErrorCode[] = ['offline', 'unavailable', 'rate_limited'];

/** One import: followed while the portal works on it, until the page is left; confirmed, published, taken back, thrown away. */
export function useImport(id: string) {
  const found = shallowRef<Import | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const params = { id };
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts up whenever a question on its way is no longer wanted: its answer may be older than what we know. */
  let turn = 0;

  function take(given: Import): void {
    found.value = given;
    problem.value = null;
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    const mine = ++turn;
    try {
      const given = await call(getImport, { params });
      if (mine === turn) take(given);
    } catch (error) {
      if (mine === turn) problem.value = toProblem(error);
    }
    if (mine === turn) lookLater();
  }

  const isPassing = computed(() => problem.value !== null && passing.includes(problem.value.code));

  function lookLater(): void {
    if (problem.value ? !isPassing.value : !found.value || !isBusy(found.value.state)) return;
    const wait = Math.max(pause, (problem.value?.retryAfter ?? 0) * 1000);
    timer = setTimeout(() => void look(), wait);
    pause = Math.min(pause * 1.5, longestPause);
  }

  const acting = <Given extends unknown[]>(ask: (...given: Given) => Promise<Import>) =>
    useTask(async (...given: Given) => {
      clearTimeout(timer);
      turn++;
      try {
        take(await ask(...given));
        pause = firstPause;
        lookLater();
      } catch (error) {
        // What stood in the way may have changed the import: show how it stands now.
        await look();
        throw error;
      }
      return found.value;
    });

  void look();
  onScopeDispose(() => {
    clearTimeout(timer);
    turn++;
  });

  const publishing = acting(() => call(publishImport, { params }));
  const discarding = acting(() => call(discardImport, { params }));
  const confirming = acting(() => call(confirmImport, { params }));
  const withdrawing = acting((reason: string) => call(withdrawImport, { params, body: { reason } }));
  return { found, problem, isPassing, look, publishing, discarding, confirming, withdrawing };
}
