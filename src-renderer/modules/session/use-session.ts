import { getSession } from '../../../contract/session.ts';
import type { Session } from '../../../contract/session.ts';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import type { SignInCredentials } from '../../desktop/index.ts';
import { useSessionStore } from './use-session-store.ts';

/** Signing in and out, and finding out at the start who still is. */
export function useSession() {
  const store = useSessionStore();

  /** Takes up the session that the main process may still hold; that nobody is signed in needs no explanation. */
  async function resume(): Promise<void> {
    try {
      store.begin(await call(getSession));
    } catch (error) {
      const problem = toProblem(error);
      store.end(problem.code === 'not_signed_in' ? null : problem);
    }
  }

  async function signIn(credentials: SignInCredentials): Promise<Session> {
    const session = unwrap(await desktop().session.signIn(credentials));
    store.begin(session);
    return session;
  }

  async function signOut(): Promise<void> {
    unwrap(await desktop().session.signOut());
    store.end();
  }

  return { resume, signIn, signOut };
}
