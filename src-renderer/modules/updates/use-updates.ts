import { desktop } from '../../desktop/index.ts';
import { mayLeave } from '../../shared/composables/use-leave-guard.ts';
import { useUpdatesStore } from './use-updates-store.ts';

/** Newer versions of the program: heard of, looked for, installed. */
export function useUpdates() {
  const store = useUpdatesStore();

  async function follow(): Promise<void> {
    const { updates } = desktop();
    updates.onChange(store.meet);
    store.meet(await updates.status());
  }

  async function check(): Promise<void> {
    store.meet(await desktop().updates.check());
  }

  /** False when the new version could not be installed; else the program ends here, unless something is unsaved. */
  async function restart(): Promise<boolean> {
    if (!(await mayLeave())) return true;
    store.meet(await desktop().updates.restart());
    return store.ready !== null;
  }

  return { follow, check, restart };
}
