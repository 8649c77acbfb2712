import { shallowRef } from 'vue';
import { getImportPreview } from '../../../contract/imports.ts';
import type { ImportPreview } from '../../../contract/imports.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../shared/composables/use-task.ts';

/** What an import that waits for its confirmation would change. */
export function useImportPreview(id: string) {
  const preview = shallowRef<ImportPreview | null>(null);
  const { run, problem } = useTask(async () => {
    preview.value = await call(getImportPreview, { params: { id } });
  });
  void run();
  return { preview, problem, ask: run };
}
