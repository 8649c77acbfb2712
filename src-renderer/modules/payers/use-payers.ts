import { computed, onScopeDispose, watch } from 'vue';
import { listPayers } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePayersStore } from './use-payers-store.ts';

/** After the last key: long enough not to ask for every letter, short enough not to be noticed. */
const pauseAfterKey = 200;

/** The payers that match what the store says, page by page; asked for again when it changes. */
export function usePayers() {
  const office = useOfficeStore();
  const store = usePayersStore();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const left = store.returnToTable();

  const pages = usePages(
    (cursor) =>
      call(listPayers, {
        query: {
          managerId: office.managerId,
          search: store.search.trim() || undefined,
          access: store.access || undefined,
          channel: store.channel || undefined,
          cursor,
        },
      }),
    left?.pages,
  );

  function restart(): void {
    clearTimeout(timer);
    void pages.restart();
  }

  watch([() => store.access, () => store.channel], restart);
  watch(
    () => store.search.trim(),
    () => {
      clearTimeout(timer);
      timer = setTimeout(restart, pauseAfterKey);
    },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { ...pages, total: computed(() => pages.page.value?.total ?? null), place: left?.place ?? null };
}
