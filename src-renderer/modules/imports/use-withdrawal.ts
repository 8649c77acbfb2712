import { computed, shallowRef } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { previewWithdrawal } from '../../../contract/imports.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../shared/composables/use-task.ts';

const kinds = ['opened', 'printed', 'exported', 'triedMails'] as const;

/** What of a published import has left the portal. When it cannot be asked, the deed itself still says what forbids it. */
export function useWithdrawal(id: string) {
  const found = shallowRef<ResponseOf<typeof previewWithdrawal> | null>(null);
  const { run } = useTask(async () => {
    found.value = await call(previewWithdrawal, { params: { id } });
  });
  void run();

  const out = computed(() =>
    kinds.map((kind) => ({ kind, count: found.value?.[kind] ?? 0 })).filter(({ count }) => count > 0),
  );
  return { out };
}
