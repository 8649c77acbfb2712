import { computed, onScopeDispose, ref, watch } from 'vue';
import { listRunSlips } from '../../../contract/runs.ts';
import type { RunSlipFilter } from '../../../contract/runs.ts';
import type { Channel } from '../../../contract/slips.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';

export type Opened = 'all' | 'opened' | 'unopened';

/** Typing quickly is one question. */
const pause = 250;

const openedQueries = { all: {}, opened: { opened: 'true' }, unopened: { opened: 'false' } } as const satisfies Record<
  Opened,
  RunSlipFilter
>;

/** The slips of a run that fit what is searched for and chosen, page by page; empty is all. */
export function useRunSlips(runId: string) {
  const search = ref('');
  const searched = ref('');
  const buildingId = ref('');
  const channel = ref<Channel | ''>('');
  const opened = ref<Opened>('all');

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(search, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (searched.value = text.trim()), pause);
  });
  onScopeDispose(() => clearTimeout(timer));

  const filter = computed<RunSlipFilter>(() => ({
    ...(searched.value ? { search: searched.value } : {}),
    ...(buildingId.value ? { buildingId: buildingId.value } : {}),
    ...(channel.value ? { channel: channel.value } : {}),
    ...openedQueries[opened.value],
  }));
  const isFiltered = computed(() => Object.keys(filter.value).length > 0);

  const pages = usePages((cursor) => call(listRunSlips, { params: { id: runId }, query: { ...filter.value, cursor } }));
  watch(filter, () => void pages.restart());

  function clear(): void {
    [search.value, searched.value, buildingId.value, channel.value, opened.value] = ['', '', '', '', 'all'];
  }

  const total = computed(() => pages.page.value?.total ?? null);
  return { ...pages, search, buildingId, channel, opened, isFiltered, total, clear };
}
