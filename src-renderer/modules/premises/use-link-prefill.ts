import { computed, onMounted, onScopeDispose, shallowRef } from 'vue';
import type { Manager } from '../../../contract/portal.ts';
import { useLinkStore } from '../registration-link/use-link-store.ts';
import { useShell } from '../shell/use-shell.ts';

/**
 * Fills in what a link to the registration says, once the person has chosen to add these premises. The link has been
 * used when the page is left.
 */
export function useLinkPrefill(fill: (code: string, manager: Manager | null) => void) {
  const store = useLinkStore();
  const shell = useShell();
  /** The manager of the link; undefined until the portal has said whether it knows it. */
  const manager = shallowRef<Manager | null>();

  onMounted(async () => {
    const link = store.isAccepted ? store.prefill : null;
    if (!link) return;
    fill(link.code, null);
    const portal = await shell.learnPortal().catch(() => null);
    const known = portal && [portal.manager, ...portal.managers].find((one) => one?.id === link.manager);
    manager.value = known ?? null;
    if (known) fill(link.code, known);
  });
  onScopeDispose(() => store.isAccepted && store.clear());

  return { isStranger: computed(() => manager.value === null) };
}
