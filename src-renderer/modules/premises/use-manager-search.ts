import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { listManagers } from '../../../contract/account-payers.ts';
import type { Manager } from '../../../contract/portal.ts';
import { call } from '../../api/client.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';

const limit = 20;
/** Nobody types slower than this within a word. */
const pauseMs = 250;

/** The managers on iiPortal, found on the server by name, street or town while somebody types. */
export function useManagerSearch() {
  const { t } = useI18n();
  const { sentence } = useSentences();
  const text = ref('');
  /** All that were found so far: the chosen one may not be among the last. */
  const known = new Map<string, Manager>();
  /** Known from elsewhere: it stands in the list before anything is typed. */
  const offered = shallowRef<Manager | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const { answer, problem, waiting, reload } = useAsk(async () => {
    const search = text.value.trim();
    const page = await call(listManagers, { query: { limit, ...(search && { search }) } });
    for (const manager of page.items) known.set(manager.id, manager);
    return { ...page, search };
  });

  function search(typed: string): void {
    if (typed === text.value) return;
    text.value = typed;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), pauseMs);
  }
  onScopeDispose(() => clearTimeout(timer));

  function offer(manager: Manager): void {
    offered.value = manager;
    known.set(manager.id, manager);
  }

  const found = computed(() => (problem.value ? [] : (answer.value?.items ?? [])));
  const first = computed(() =>
    offered.value && text.value === '' && !found.value.some(({ id }) => id === offered.value?.id)
      ? [offered.value]
      : [],
  );
  const options = computed(() =>
    [...first.value, ...found.value].map(({ id, name, street, town }) => ({
      value: id,
      label: name,
      detail: `${street}, ${town}`,
    })),
  );
  /** Said in the place of the list. */
  const state = computed(() => {
    if (waiting.value) return t('state.loading');
    return problem.value ? sentence(problem.value) : undefined;
  });
  /** The only manager there is: nothing to choose. */
  const only = computed(() => {
    const { items = [], nextCursor, search: searched } = answer.value ?? {};
    return items.length === 1 && nextCursor === null && searched === '' ? items[0] : undefined;
  });
  const hint = computed(() =>
    answer.value?.nextCursor ? t('premises.managerMore', { n: answer.value.items.length }) : undefined,
  );

  return { options, state, only, hint, problem, waiting, reload, search, offer, find: (id: string) => known.get(id) };
}
