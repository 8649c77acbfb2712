import { computed, onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { listBuildings } from '../../../contract/payers.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { formatCount } from '../../shared/format/money.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

const limit = 20;
const pauseMs = 200;

/** The manager's buildings, found by their names while somebody types; the chosen one is always among them. */
export function useBuildingSearch(chosen: () => { readonly buildingId: string; readonly building: string }) {
  const { t } = useI18n();
  const { sentence } = useSentences();
  const office = useOfficeStore();
  const text = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const { answer, problem, waiting, reload } = useAsk(() => {
    const search = text.value.trim() || undefined;
    return call(listBuildings, { query: { managerId: office.managerId, limit, search } });
  });

  function search(typed: string): void {
    if (typed === text.value) return;
    text.value = typed;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), pauseMs);
  }
  onScopeDispose(() => clearTimeout(timer));

  const found = computed(() => (problem.value ? [] : (answer.value?.items ?? [])));
  const options = computed(() => {
    const { buildingId, building } = chosen();
    const listed = found.value.map(({ id, name, payers }) => ({
      ...{ value: id, label: name },
      detail: t('payers.count', { count: formatCount(payers) }, payers),
    }));
    const isListed = !buildingId || listed.some(({ value }) => value === buildingId);
    return isListed ? listed : [{ value: buildingId, label: building }, ...listed];
  });
  const state = computed(() =>
    waiting.value ? t('state.loading') : problem.value ? sentence(problem.value) : undefined,
  );
  const hint = computed(() => (answer.value?.nextCursor ? t('payers.filter.moreBuildings', limit) : undefined));

  return { options, state, hint, search, nameOf: (id: string) => found.value.find((one) => one.id === id)?.name ?? '' };
}
