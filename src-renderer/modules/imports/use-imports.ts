import { onScopeDispose, watch } from 'vue';
import { listImports } from '../../../contract/imports.ts';
import { call } from '../../api/client.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { useOfficeStore } from '../office/use-office-store.ts';
import { isBusy } from './import-state.ts';

const pauseMs = 3_000;

/** The imports, newest first. As long as the portal works on one of them the list keeps up with it by itself. */
export function useImports() {
  const office = useOfficeStore();
  const ask = (cursor: string | undefined) => call(listImports, { query: { managerId: office.managerId, cursor } });
  const list = usePages(ask);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLeft = false;

  function lookLater(): void {
    clearTimeout(timer);
    if (!isLeft && list.items.value.some(({ state }) => isBusy(state))) timer = setTimeout(() => void look(), pauseMs);
  }

  /** What has changed changes in its place: nothing moves under the person's hand. */
  async function look(): Promise<void> {
    const fresh = await ask(undefined).catch(() => null);
    const byId = new Map(fresh?.items.map((one) => [one.id, one]));
    if (fresh) list.items.value = list.items.value.map((one) => byId.get(one.id) ?? one);
    else lookLater();
  }

  watch(list.items, lookLater);
  onScopeDispose(() => {
    isLeft = true;
    clearTimeout(timer);
  });
  return list;
}
