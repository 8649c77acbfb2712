import type { Language } from '../../../contract/registrations.ts';
import { getPortal } from '../../../contract/portal.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { Theme } from '../../desktop/index.ts';
import { useColumnsStore } from '../../shared/components/use-columns-store.ts';
import { speak } from '../../shared/i18n/index.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useShellStore } from './use-shell-store.ts';
import type { Portal } from './use-shell-store.ts';

function paint(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** What a person can set for this computer, and what there is to know about it. */
export function useShell() {
  const store = useShellStore();

  /** At the start: language, theme and the portal's address from the main process. */
  async function meet(): Promise<void> {
    const [info, portal] = await Promise.all([desktop().shell.info(), desktop().portal.get()]);
    store.meet(info);
    useColumnsStore().meet(info.columns);
    store.meetPortal(portal);
    speak(info.language);
    paint(info.theme);
  }

  /** Checks that a portal answers at the address and moves there, which ends the session at the old one. */
  async function setAddress(address: string): Promise<void> {
    const portal = unwrap(await desktop().portal.set(address));
    const isElsewhere = portal.address !== store.address;
    store.setAddress(portal.address);
    if (isElsewhere) useSessionStore().end();
  }

  /** The portal's manager or managers; asked for once an address. */
  async function learnPortal(): Promise<Portal> {
    if (!store.portal) store.setPortal(await call(getPortal));
    return store.portal as Portal;
  }

  async function setLanguage(language: Language): Promise<void> {
    speak(language);
    await desktop().shell.setLanguage(language);
  }

  async function setTheme(theme: Theme): Promise<void> {
    store.setTheme(theme);
    paint(theme);
    await desktop().shell.setTheme(theme);
  }

  return { meet, setAddress, learnPortal, setLanguage, setTheme };
}
