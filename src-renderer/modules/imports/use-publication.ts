import { computed, shallowRef } from 'vue';
import type { Import } from '../../../contract/imports.ts';
import { getRunRecipients } from '../../../contract/runs.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../shared/composables/use-task.ts';

/** What will happen when an import is published: who sees it at once, and how many slips go out by e-mail. */
export function usePublication() {
  const runs = shallowRef<readonly { slips: number; withoutAccount: number; mailed: number }[] | null>(null);

  const { run: ask } = useTask(async (imported: Pick<Import, 'runs'>) => {
    runs.value = null;
    runs.value = await Promise.all(
      imported.runs.map(async ({ id, slips }) => {
        const { withoutAccount, channels } = await call(getRunRecipients, { params: { id }, query: {} });
        return { slips, withoutAccount, mailed: channels.find(({ channel }) => channel === 'email')?.slips ?? 0 };
      }),
    );
  });

  const sums = computed(
    () =>
      runs.value && {
        seen: runs.value.reduce((sum, run) => sum + run.slips - run.withoutAccount, 0),
        mailed: runs.value.reduce((sum, run) => sum + run.mailed, 0),
      },
  );
  return { ask, sums };
}
