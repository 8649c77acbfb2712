import { computed, watch } from 'vue';
import { listPayers } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from './use-payers-store.ts';

/** The payers that match what the store says, page by page; asked for again when it changes. */
export function usePayers() {
  const office = useOfficeStore();
  const store = usePayersStore();
  const left = store.returnToTable();

  const pages = usePages(
    (cursor) => call(listPayers, { query: { managerId: office.managerId, ...store.query, cursor } }),
    left?.pages,
  );
  // What it asks for, not how that is said: a building that gets its name changes nothing.
  watch(
    () => JSON.stringify(store.query),
    () => void pages.restart(),
  );

  return { ...pages, total: computed(() => pages.page.value?.total ?? null), place: left?.place ?? null };
}
