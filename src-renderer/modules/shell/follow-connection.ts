import type { Router } from 'vue-router';
import { desktop } from '../../desktop/index.ts';
import { reconnected } from '../../shared/composables/reconnection.ts';
import { useOwnSession } from '../session/use-own-session.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useShellStore } from './use-shell-store.ts';

/** What Chromium knows of the network; not all systems tell all of it, and the types do not know it. */
interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Whether the person has asked for few bytes, or pays for each. */
const isMetered = ({ saveData = false, type }: NetworkInformation): boolean => saveData || type === 'cellular';

function followMetering(): void {
  const { connection } = navigator as { connection?: NetworkInformation };
  if (!connection) return;
  const tell = () => void desktop().offline.setMetered(isMetered(connection));
  connection.addEventListener('change', tell);
  if (isMetered(connection)) tell();
}

/**
 * When the connection is back, what the pages show is asked for again, and who is signed in. The main process learns it
 * from the first answer; the system's word that there is a network again only makes it look at once.
 */
export function followConnection(router: Router): void {
  const shell = useShellStore();
  const { refresh } = useOwnSession();

  desktop().offline.onBack(() => {
    const isKept = shell.isOffline;
    reconnected();
    // The next connection that is lost will say so itself.
    if (isKept && useSessionStore().isSignedIn) void refresh().catch(() => undefined);
  });
  window.addEventListener('online', () => void desktop().offline.look());
  router.afterEach((to, from) => {
    if (to.path !== from.path) shell.turnPage();
  });
  followMetering();
}
