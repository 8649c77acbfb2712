import type { Router } from 'vue-router';
import { desktop } from '../../desktop/index.ts';
import type { Keeping } from '../../desktop/index.ts';
import { useSession } from '../session/use-session.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { landing } from './menu.ts';
import { useKeepingStore } from './use-keeping-store.ts';

/** What can be kept on this computer, and the session that may wait in its keychain. */
export function useKeeping() {
  const store = useKeepingStore();
  const session = useSessionStore();
  const { resume } = useSession();

  /** Once the session that waited can be read, the person is signed in without having done anything. */
  async function take(keeping: Keeping, router: Router): Promise<void> {
    const waited = store.sessionWaits;
    store.set(keeping);
    if (!waited || keeping.sessionWaits || session.isSignedIn) return;
    await resume();
    if (session.isSignedIn) await router.push({ name: landing(session) });
  }

  /** From now on; the keychain takes its time at the start, and no page waits for it. */
  async function follow(router: Router): Promise<void> {
    desktop().keeping.onChange((keeping) => void take(keeping, router));
    await take(await desktop().keeping.status(), router);
  }

  /** The person has done something about it. Answers whether that has helped. */
  async function retry(router: Router): Promise<boolean> {
    await take(await desktop().keeping.retry(), router);
    return store.trouble === null;
  }

  return { follow, retry };
}
