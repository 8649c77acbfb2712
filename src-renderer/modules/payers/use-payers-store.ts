import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Payer, PayerAccess } from '../../../contract/payers.ts';
import type { Channel } from '../../../contract/slips.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { changed } from './selection.ts';
import type { Selection } from './selection.ts';

/** What is searched for and who is chosen. It stays when the page is left: slip passwords are issued for the chosen. */
export const usePayersStore = defineStore('payers', () => {
  const office = useOfficeStore();

  const search = ref('');
  const access = ref<PayerAccess | ''>('');
  const channel = ref<Channel | ''>('');
  const selected = shallowRef<Selection<Payer>>(new Map());

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

  // Another manager, or another person at this computer, begins anew.
  watch(
    () => office.managerId,
    () => {
      clearFilters();
      clearSelection();
    },
    { flush: 'sync' },
  );

  return { search, access, channel, selected, isFiltered, clearFilters, select, clearSelection };
});
