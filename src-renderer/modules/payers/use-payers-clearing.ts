import { useI18n } from 'vue-i18n';
import { useToastStore } from '../../shared/components/use-toast-store.ts';
import { formatCount } from '../../shared/format/money.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { noFilters } from './payer-filters.ts';
import type { PayerFilters } from './payer-filters.ts';
import { usePayersStore } from './use-payers-store.ts';

/** Takes filters and ticks away, which somebody may have needed minutes for: the message brings them back. */
export function usePayersClearing() {
  const { t } = useI18n();
  const office = useOfficeStore();
  const store = usePayersStore();
  const toasts = useToastStore();

  /** Does nothing once the table is another manager's. */
  function restorable(restore: () => void): () => void {
    const { managerId } = office;
    return () => void (office.managerId === managerId && restore());
  }

  function clearSelection(): void {
    const { selected } = store;
    if (selected.size === 0) return;
    store.clearSelection();
    const said = t('payers.selectionCleared', { count: formatCount(selected.size) }, selected.size);
    const undo = restorable(() => store.select([...selected.values()], true));
    toasts.showUndoable(said, undo);
  }

  function clearFilters(left: PayerFilters = noFilters): void {
    const { filters, isFiltered } = store;
    if (!isFiltered) return;
    store.filter(left);
    const undo = restorable(() => store.filterAnew(filters));
    toasts.showUndoable(t('payers.filtersCleared'), undo);
  }

  function clearAll(): void {
    clearFilters();
    clearSelection();
  }

  return { clearSelection, clearFilters, clearAll };
}
