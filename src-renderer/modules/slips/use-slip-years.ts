import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { listSlipYears } from '../../../contract/slips.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { usePayerChoiceStore } from './use-payer-choice-store.ts';

/** The years of which there are PDFs of the chosen payer, or of all, and the saving of one. Leaving calls it off. */
export function useSlipYears() {
  const choice = usePayerChoiceStore();
  const ofPayer = () => (choice.payerId === null ? {} : { payerId: choice.payerId });
  const { answer, reload } = useAsk(() => call(listSlipYears, { query: ofPayer() }));
  watch(() => choice.payerId, reload);

  const years = computed(() => answer.value?.items ?? []);
  const chosen = ref('');
  watch(years, ([newest]) => (chosen.value = newest ? String(newest.year) : ''));

  /** In bytes; null until the first of them have come. */
  const received = shallowRef<number | null>(null);
  const isCancelling = ref(false);
  const { run, busy, problem } = useTask(async (): Promise<string | null> => {
    received.value = null;
    isCancelling.value = false;
    const fileName = `razdelilniki-${chosen.value}.zip`;
    const asked = desktop().documents.saveSlipYear({ year: Number(chosen.value), fileName, ...ofPayer() });
    const saved = unwrap(await asked);
    return saved.saved ? (saved.fileName ?? fileName) : null;
  });

  function cancel(): void {
    isCancelling.value = true;
    void desktop().documents.cancelSlipYear();
  }

  const deafen = desktop().documents.onSlipYearProgress(({ bytes }) => (received.value = bytes));
  onScopeDispose(() => {
    deafen();
    if (busy.value) cancel();
  });

  /** Who calls it off knows that it did not come. */
  const failure = computed(() => (problem.value?.code === 'cancelled' ? null : problem.value));
  return {
    known: computed(() => answer.value !== null),
    years,
    chosen,
    save: run,
    cancel,
    busy,
    isCancelling,
    received,
    problem: failure,
  };
}
