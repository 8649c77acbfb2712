import { useI18n } from 'vue-i18n';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useToastStore } from '../../shared/components/use-toast-store.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { today } from '../../shared/format/time.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from './use-payers-store.ts';

/** Writes those whom the table shows to a file, all pages of them. */
export function usePayersExport() {
  const { t } = useI18n();
  const { sentence } = useSentences();
  const office = useOfficeStore();
  const store = usePayersStore();
  const toasts = useToastStore();

  const { run, busy, problem } = useTask(async () => {
    const fileName = `${t('payers.export.fileName')}-${today()}.csv`;
    const query = { managerId: office.managerId, ...store.query };
    const saved = unwrap(await desktop().office.saveList({ list: 'payers', params: {}, query, fileName }));
    if (saved.saved)
      toasts.showSaved(t('payers.export.saved', { fileName: saved.fileName ?? fileName }), saved.fileName ?? fileName);
  });

  async function save(): Promise<void> {
    await run();
    if (problem.value) toasts.show(sentence(problem.value), 'error');
  }

  return { save, busy };
}
