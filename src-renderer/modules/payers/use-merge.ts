import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { getPayer, listPayers, mergePayers, previewMerge } from '../../../contract/payers.ts';
import type { PayerDetails } from '../../../contract/payers.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { payerKey, usePaletteStore } from '../palette/use-palette-store.ts';
import { usePayersStore } from './use-payers-store.ts';

const pauseMs = 200;

/** The other payer, found by what is typed; never the payer itself. */
export function useOtherPayer(id: string) {
  const { t } = useI18n();
  const { sentence } = useSentences();
  const office = useOfficeStore();
  const text = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const { answer, problem, waiting, reload } = useAsk(() => {
    const search = text.value.trim() || undefined;
    return call(listPayers, { query: { managerId: office.managerId, search, limit: 20 } });
  });
  function search(typed: string): void {
    if (typed === text.value) return;
    text.value = typed;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), pauseMs);
  }
  onScopeDispose(() => clearTimeout(timer));

  const options = computed(() =>
    (problem.value ? [] : (answer.value?.items ?? []))
      .filter((payer) => payer.id !== id)
      .map(({ id: value, code, name, street, town }) => ({
        value,
        label: `${name} (${code})`,
        detail: `${street}, ${town}`,
      })),
  );
  const state = computed(() =>
    waiting.value ? t('state.loading') : problem.value ? sentence(problem.value) : undefined,
  );
  return { options, state, search };
}

/** Which of the two stays: the one whose page this was left from, or the other. */
export type Staying = 'this' | 'other';

/** Two payers that are one: how they compare, what would move, and the merge itself. */
export function useMerge(id: string) {
  const office = useOfficeStore();
  const store = usePayersStore();
  const query = () => ({ managerId: office.managerId });
  const ask = (payerId: string) => call(getPayer, { params: { id: payerId }, query: query() });

  const own = useAsk(() => ask(id));
  const otherId = ref('');
  const staying = ref<Staying>('other');
  const other = shallowRef<PayerDetails | null>(null);
  const preview = shallowRef<ResponseOf<typeof previewMerge> | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);

  const goesId = computed(() => (staying.value === 'other' ? id : otherId.value));
  const staysId = computed(() => (staying.value === 'other' ? otherId.value : id));
  const input = () => ({ params: { id: goesId.value }, query: query(), body: { intoId: staysId.value } });

  let latest = 0;
  /** How the two stand and what would move; of quick changes the last one counts. */
  async function compare(): Promise<void> {
    const mine = ++latest;
    preview.value = problem.value = null;
    if (otherId.value === '') return;
    try {
      if (other.value?.id !== otherId.value) {
        other.value = null;
        const found = await ask(otherId.value);
        if (mine !== latest) return;
        other.value = found;
      }
      const moved = await call(previewMerge, input());
      if (mine === latest) preview.value = moved;
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    }
  }
  watch([otherId, staying], () => void compare());

  const goes = computed(() => (staying.value === 'other' ? own.answer.value : other.value));
  const stays = computed(() => (staying.value === 'other' ? other.value : own.answer.value));
  async function merge(): Promise<PayerDetails> {
    const gone = goes.value;
    const left = await call(mergePayers, input());
    if (gone) {
      store.forget(gone);
      usePaletteStore().forget(payerKey(gone));
    }
    return left;
  }

  return { own, otherId, staying, other, goes, stays, preview, problem, compare, merge };
}
