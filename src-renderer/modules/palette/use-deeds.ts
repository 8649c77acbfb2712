import { useRouter } from 'vue-router';
import { listRuns } from '../../../contract/runs.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { useToastStore } from '../../shared/components/use-toast-store.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useDiagnosticsStore } from '../diagnostics/use-diagnostics-store.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { noFilters } from '../payers/payer-filters.ts';
import { usePayersClearing } from '../payers/use-payers-clearing.ts';
import { usePayersStore } from '../payers/use-payers-store.ts';
import type { Command } from './commands.ts';
import { usePaletteStore } from './use-palette-store.ts';

/** What commands do that lead to no fixed address. */
export function useDeeds(): Readonly<Record<NonNullable<Command['deed']>, () => unknown>> {
  const router = useRouter();
  const office = useOfficeStore();
  const payers = usePayersStore();
  const palette = usePaletteStore();
  const diagnostics = useDiagnosticsStore();
  const toasts = useToastStore();
  const { sentence } = useSentences();
  const { clearAll } = usePayersClearing();

  async function printNewest(): Promise<void> {
    try {
      const { items } = await call(listRuns, { query: { managerId: office.managerId, limit: 1 } });
      const newest = items[0];
      await router.push(newest ? { name: 'run-print', params: { id: newest.id } } : { name: 'runs' });
    } catch (error) {
      toasts.show(sentence(toProblem(error)), 'error');
    }
  }

  return {
    printNewest,
    withoutAccount() {
      payers.filterAnew({ ...noFilters, account: 'false' });
      return router.push({ name: 'payers' });
    },
    clearPayers: clearAll,
    support: () => diagnostics.open(),
    keys: () => palette.open('keys'),
  };
}
