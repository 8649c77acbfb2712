import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { getPortal, Manager } from '../../../contract/portal.ts';
import type { PortalAddress, PortalPolicy, ShellInfo, Theme } from '../../desktop/index.ts';

export type Portal = ResponseOf<typeof getPortal>;

/** The manager whose portal this is, or the only one there: nothing to choose. */
export const onlyManager = (portal: Portal | null): Manager | null =>
  portal?.manager ?? (portal?.managers.length === 1 ? (portal.managers[0] ?? null) : null);

/** What the app knows of the computer, of the portal it talks to, and of the connection between them. */
export const useShellStore = defineStore('shell', () => {
  const info = shallowRef<ShellInfo | null>(null);
  const address = ref<string | null>(null);
  /** Whether the administrator of this computer has laid the address down. */
  const policy = shallowRef<PortalPolicy | null>(null);
  const portal = shallowRef<Portal | null>(null);
  /** The moment of the oldest kept answer that the page shows; null while the server answers itself. */
  const asOf = ref<string | null>(null);
  let isNewPage = true;
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

  /** The address with what the administrator says of it. */
  function meetPortal(given: PortalAddress): void {
    policy.value = given.policy ?? null;
    setAddress(given.address);
  }

  function setPortal(given: Portal): void {
    portal.value = given;
  }

  function setAsOf(moment: string | null): void {
    const isOlder = moment !== null && asOf.value !== null && asOf.value < moment;
    if (!isOlder || isNewPage) asOf.value = moment;
    isNewPage = false;
  }

  /** What the page before has shown is seen no more. */
  function turnPage(): void {
    isNewPage = true;
  }

  /** The person has read that the settings were lost: that is said once. */
  function readOfLoss(): void {
    if (info.value) info.value = { ...info.value, settingsLost: false };
  }

  function setTheme(given: Theme): void {
    theme.value = given;
  }

  return {
    info,
    address,
    policy,
    portal,
    asOf,
    theme,
    isOffline,
    meet,
    meetPortal,
    setAddress,
    setPortal,
    setAsOf,
    turnPage,
    setTheme,
    readOfLoss,
  };
});
