import { onScopeDispose, shallowRef } from 'vue';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { OfflineState } from '../../desktop/index.ts';
import { useSessionStore } from '../session/use-session-store.ts';

/** How it stands with the slips that are kept for reading without a connection; null until the program has said. */
export function useOffline() {
  const state = shallowRef<OfflineState | null>(null);
  const { offline } = desktop();
  let isTold = false;

  onScopeDispose(
    offline.onState((told) => {
      isTold = true;
      state.value = told;
    }),
  );
  // What is told meanwhile is newer than this answer.
  void offline.state().then((given) => {
    if (!isTold) state.value = given;
  });

  async function setFetching(isWanted: boolean): Promise<void> {
    await offline.setFetching(isWanted);
    state.value = await offline.state();
  }

  async function forgetComputer(): Promise<void> {
    unwrap(await offline.forgetComputer());
    useSessionStore().end();
  }

  return { state, setFetching, forgetComputer };
}
