import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import type { Payer } from '../../../contract/payers.ts';
import { usePayersStore } from './use-payers-store.ts';

/** Leads to the page that issues slip passwords, with this payer chosen; asks before others lose their tick. */
export function useIssueFor(payer: () => Payer) {
  const store = usePayersStore();
  const router = useRouter();
  const asking = ref(false);
  const others = computed(() => [...store.selected.keys()].filter((id) => id !== payer().id).length);

  async function replace(): Promise<void> {
    asking.value = false;
    store.clearSelection();
    store.select([payer()], true);
    await router.push({ name: 'slip-passwords' });
  }

  async function issue(): Promise<void> {
    if (others.value > 0) asking.value = true;
    else await replace();
  }

  return { issue, replace, asking, count: computed(() => store.selected.size) };
}
