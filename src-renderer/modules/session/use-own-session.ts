import { getSession } from '../../../contract/session.ts';
import type { Session } from '../../../contract/session.ts';
import { call } from '../../api/client.ts';
import { useSessionStore } from './use-session-store.ts';

/** The session as the account's own operations answer it. */
export function useOwnSession() {
  const store = useSessionStore();

  /** Not when somebody signed out while the answer was on its way. */
  function take(session: Session): void {
    if (store.session?.account.id === session.account.id) store.begin(session);
  }

  const refresh = async (): Promise<void> => take(await call(getSession));

  return { take, refresh };
}
