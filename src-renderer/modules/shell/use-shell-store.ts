import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { getPortal, Manager } from '../../../contract/portal.ts';
import type { ShellInfo, Theme } from '../../desktop/index.ts';

export type Portal = ResponseOf<typeof getPortal>;

/** The manager whose portal this is, or the only one there: nothing to choose. */
export const onlyManager = (portal: Portal | null): Manager | null =>
  portal?.manager ?? (portal?.managers.length === 1 ? (portal.managers[0] ?? null) : null);

/** What the app knows of the computer, of the portal it talks to, and of the connection between them. */
export const useShellStore = defineStore('shell', () => {
  const info = shallowRef<ShellInfo | null>(null);
  const address = ref<string | null>(null);
  const portal = shallowRef<Portal | null>(null);
  /** The moment of the kept copy that the last answer came from; null while the server answers itself. */
  const asOf = ref<string | null>(null);
  const theme = ref<Theme>('system');

  const isOffline = computed(() => asOf.value !== null);

  function meet(given: ShellInfo): void {
    info.value = given;
    theme.value = given.theme;
  }

  function setAddress(given: string | null): void {
    if (given !== address.value) portal.value = null;
    address.value = given;
  }

  function setPortal(given: Portal): void {
    portal.value = given;
  }

  function setAsOf(moment: string | null): void {
    asOf.value = moment;
  }

  function setTheme(given: Theme): void {
    theme.value = given;
  }

  return { info, address, portal, asOf, theme, isOffline, meet, setAddress, setPortal, setAsOf, setTheme };
});
