import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { listPayers, Payer } from '../../../contract/payers.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { changed } from '../../shared/components/app-table.ts';
import type { Place, Selection } from '../../shared/components/app-table.ts';
import type { KeptPages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { changedFilters, noFilters, toQuery } from './payer-filters.ts';
import type { PayerFilters } from './payer-filters.ts';

/** The table as it was left for the page of one payer. */
interface LeftTable {
  readonly pages: KeptPages<ResponseOf<typeof listPayers>>;
  readonly place: Place;
}

/** What is searched for and who is chosen. It stays when the page is left: slip passwords are issued for the chosen. */
export const usePayersStore = defineStore('payers', () => {
  const office = useOfficeStore();

  const filters = shallowRef<PayerFilters>(noFilters);
  const selected = shallowRef<Selection<Payer>>(new Map());
  const left = shallowRef<LeftTable | null>(null);

  const query = computed(() => toQuery(filters.value));
  const isFiltered = computed(() => Object.values(query.value).some((value) => value !== undefined));

  function filter(changes: Partial<PayerFilters>): void {
    filters.value = changedFilters(filters.value, changes);
  }

  /** Other filters than before: the table that was left shows something else. */
  function filterAnew(given: PayerFilters): void {
    filters.value = given;
    left.value = null;
  }

  function select(payers: readonly Payer[], isChosen: boolean): void {
    selected.value = changed(selected.value, payers, isChosen);
  }

  function clearSelection(): void {
    selected.value = new Map();
  }

  /** Kept for the way back from a payer; whatever else comes in between may have changed what the table shows. */
  function leaveTable(table: LeftTable | null): void {
    left.value = table;
  }

  /** The table that was left, once. */
  function returnToTable(): LeftTable | null {
    const table = left.value;
    left.value = null;
    return table;
  }

  /** How a payer stands now: so it is shown in the table that was left, and chosen. */
  function learn(payer: Payer): void {
    const known = ({ id }: Payer) => id === payer.id;
    if (left.value) {
      const { pages, place } = left.value;
      left.value = { pages: { ...pages, items: pages.items.map((row) => (known(row) ? payer : row)) }, place };
    }
    if (selected.value.has(payer.id)) select([payer], true);
  }

  /** A payer that is no more: merged with another one. */
  function forget(payer: Payer): void {
    left.value = null;
    select([payer], false);
  }

  // Another manager, or another person at this computer, begins anew.
  watch(
    () => office.managerId,
    () => {
      filterAnew(noFilters);
      clearSelection();
    },
    { flush: 'sync' },
  );

  return {
    ...{ filters, query, isFiltered, filter, filterAnew, selected, select, clearSelection },
    ...{ leaveTable, returnToTable, learn, forget },
  };
});
