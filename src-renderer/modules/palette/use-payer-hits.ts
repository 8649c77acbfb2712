import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { listPayers } from '../../../contract/payers.ts';
import { foldText } from '../../../contract/schemas/fold-text.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { usePaletteStore } from './use-palette-store.ts';
import type { KnownPayer } from './use-palette-store.ts';

const limit = 8;
const leastTyped = 2;
const pauseMs = 200;

const searched = ({ code, name, units }: KnownPayer): string => foldText([code, name, ...units].join(' '));

/**
 * The payers that fit what is typed, found by the portal when the fingers rest. What is known already is shown at once,
 * as far as it fits what stands there now.
 */
export function usePayerHits(text: () => string) {
  const office = useOfficeStore();
  const store = usePaletteStore();
  const found = shallowRef<readonly KnownPayer[]>([]);
  const waiting = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Of which text the answer is that came last: all of these fit it, in whatever field the portal has found it. */
  const foundFor = ref('');
  let latest = 0;

  async function ask(search: string): Promise<void> {
    const mine = ++latest;
    try {
      const { items } = await call(listPayers, { query: { managerId: office.managerId, search, limit } });
      if (mine !== latest) return;
      found.value = items;
      foundFor.value = search;
    } catch (error) {
      if (mine === latest) problem.value = toProblem(error);
    } finally {
      if (mine === latest) waiting.value = false;
    }
  }

  function follow(search: string): void {
    clearTimeout(timer);
    latest += 1;
    problem.value = null;
    waiting.value = search.length >= leastTyped;
    if (waiting.value) timer = setTimeout(() => void ask(search), pauseMs);
  }
  watch(() => text().trim(), follow);
  onScopeDispose(() => {
    clearTimeout(timer);
    latest += 1;
  });

  const payers = computed<readonly KnownPayer[]>(() => {
    const search = text().trim();
    if (search.length < leastTyped) return [];
    const words = foldText(search).split(' ');
    const fits = (payer: KnownPayer) => words.every((word) => searched(payer).includes(word));
    const known = store.recents.flatMap(({ payer }) => payer ?? []).filter(fits);
    const others = foundFor.value === search ? found.value : found.value.filter(fits);
    return [...known, ...others.filter(({ id }) => known.every((one) => one.id !== id))];
  });

  return { payers, waiting, problem };
}
