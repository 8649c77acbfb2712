import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { listPayers, Payer, PayerAccess } from '../../../contract/payers.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Channel } from '../../../contract/slips.ts';
import type { KeptPages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { changed } from './selection.ts';
import type { Selection } from './selection.ts';

/** The row that was opened, and how far the table was scrolled down (pixels). */
export interface Place {
  readonly row: number;
  readonly scrolled: number;
}

/** The table as it was left for the page of one payer. */
interface LeftTable {
  readonly pages: KeptPages<ResponseOf<typeof listPayers>>;
  readonly place: Place;
}

/** What is searched for and who is chosen. It stays when the page is left: slip passwords are issued for the chosen. */
export const usePayersStore = defineStore('payers', () => {
  const office = useOfficeStore();

  const search = ref('');
  const access = ref<PayerAccess | ''>('');
  const channel = ref<Channel | ''>('');
  const selected = shallowRef<Selection<Payer>>(new Map());

  const left = shallowRef<LeftTable | null>(null);

  const isFiltered = computed(() => search.value.trim() !== '' || access.value !== '' || channel.value !== '');

  function clearFilters(): void {
    search.value = '';
    access.value = '';
    channel.value = '';
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

  // Another manager, or another person at this computer, begins anew.
  watch(
    () => office.managerId,
    () => {
      clearFilters();
      clearSelection();
      leaveTable(null);
    },
    { flush: 'sync' },
  );

  return {
    ...{ search, access, channel, selected, isFiltered, clearFilters, select, clearSelection },
    ...{ leaveTable, returnToTable, learn },
  };
});
