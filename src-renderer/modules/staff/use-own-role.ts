import { useRouter } from 'vue-router';
import { useOwnSession } from '../session/use-own-session.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { landing } from '../shell/menu.ts';

/** What a deed on the staff means for the person who did it. */
export function useOwnRole() {
  const session = useSessionStore();
  const { refresh } = useOwnSession();
  const router = useRouter();

  const ownId = session.session?.account.id ?? '';

  /** The own role changed or is gone: the menu follows, and the person goes on where they may be. */
  async function lost(): Promise<void> {
    await refresh();
    await router.push({ name: landing(session) });
  }

  return { ownId, lost };
}
