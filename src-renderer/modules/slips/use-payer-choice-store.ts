import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useSessionStore } from '../session/use-session-store.ts';

/** Whose slips are looked at: those of one payer, or all together. Who has one payer has no choice to make. */
export const usePayerChoiceStore = defineStore('payer-choice', () => {
  const session = useSessionStore();
  const chosen = ref<string | null>(null);

  const payers = computed(() => session.session?.payers ?? []);
  /** A payer that was taken off the account in the meantime is not chosen any more. */
  const payerId = computed(() => payers.value.find((payer) => payer.id === chosen.value)?.id ?? null);
  const isChoice = computed(() => payers.value.length > 1);
  /** Whether what is listed must say whose it is. */
  const isMixed = computed(() => isChoice.value && payerId.value === null);

  function choose(id: string | null): void {
    chosen.value = id;
  }

  return { payers, payerId, isChoice, isMixed, choose };
});
