import type { Router } from 'vue-router';
import { desktop } from '../../desktop/index.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useLinkStore } from './use-link-store.ts';

/**
 * Shows what the app was opened with, now and whenever it comes: the registration to a guest of the same portal. All
 * else the notice asks about, or the question for the portal's address, which the router shows first.
 */
export async function followLinks(router: Router): Promise<void> {
  const store = useLinkStore();
  const session = useSessionStore();

  async function look(): Promise<void> {
    const link = await desktop().deepLink.take();
    if (!link) return;
    store.set(link);
    if (store.prefill && !session.isSignedIn) await router.push({ name: 'registration' });
  }

  desktop().deepLink.onOpen(() => void look());
  await look();
}
