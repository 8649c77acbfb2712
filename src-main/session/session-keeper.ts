import type { Problem } from '../../contract/errors.ts';
import type { SessionPort } from '../gateway/gateway.ts';
import { mayHaveBeenDone } from '../gateway/portal-client.ts';
import { endsSession, ProblemError } from '../gateway/problems.ts';
import { createTurns } from '../in-turn.ts';
import type { AccountToken } from '../keychain/portal-secrets.ts';
import type { AccountVault } from './account-vault.ts';
import type { Held, HeldSession } from './held-session.ts';

/** Keeps who is signed in: in memory, and in the vault for the next start. */
export interface SessionKeeper extends SessionPort {
  begin(portal: string, entry: AccountToken): Promise<void>;
  /** Forgets who is signed in. Answers the token, for telling the server. */
  erase(): Promise<string | null>;
  /**
   * Puts the token that `ask` brings in the place of the one that it was asked with; the cache stays open. What other
   * answers say of the old token in the meantime counts for nothing.
   */
  renew<T extends { readonly token: string }>(ask: (token: string) => Promise<T>): Promise<T>;
  /** Erases everything here, once `ask` has had the account deleted. */
  leave(ask: (token: string) => Promise<void>): Promise<void>;
  /** Asks the keychain again: for the session that waits there, or to keep the one that is in memory alone. */
  retry(): Promise<void>;
}

export interface SessionKeeperDeps {
  readonly session: HeldSession;
  readonly vault: AccountVault;
  /** Called once for each session that ended without being asked to here. */
  readonly onEnded: (problem: Problem) => void;
  /** Called after everything that may have changed what is kept. */
  readonly onPassage: () => void;
}

export function createSessionKeeper({ session, vault, onEnded, onPassage }: SessionKeeperDeps): SessionKeeper {
  let restoring: Promise<void> | null = null;
  /** One passage after the other. */
  const inTurn = createTurns(onPassage);

  async function active(): Promise<Held | null> {
    restoring ??= inTurn(() => session.restore());
    await restoring;
    return session.current();
  }

  /** The session was ended elsewhere. Of a deleted account nothing is to wait here. */
  async function end(problem: Problem): Promise<void> {
    if (!session.current()?.mayBeGone) return await session.lock(() => onEnded(problem));
    await session.erase();
    onEnded(problem);
  }

  /** Asks something after which the token is void: until the answer is there, nothing else ends the session. */
  async function exchange<T>(work: (held: Held) => Promise<T>): Promise<T> {
    await active();
    return await inTurn(async () => {
      const held = session.current();
      if (!held) throw new ProblemError('not_signed_in');
      try {
        return await work(held);
      } catch (error) {
        if (error instanceof ProblemError && endsSession(error.problem)) await end(error.problem);
        throw error;
      }
    });
  }

  return {
    active,
    begin: (portal, entry) => inTurn(() => session.begin(portal, entry)),
    erase: () => inTurn(() => session.erase()),

    ended: (token, problem) =>
      inTurn(async () => {
        // The answer to an older session's request may come late.
        if (session.current()?.token === token) await end(problem);
      }),

    renew: (ask) =>
      exchange(async ({ token, portal, accountId, isKept }) => {
        const answer = await ask(token);
        session.note({ token: answer.token });
        if (isKept) session.note({ isKept: await vault.keepToken(portal, { accountId, token: answer.token }) });
        return answer;
      }),

    leave: (ask) =>
      exchange(async ({ token }) => {
        try {
          await ask(token);
        } catch (error) {
          if (mayHaveBeenDone(error)) session.note({ mayBeGone: true });
          throw error;
        }
        await session.erase();
      }),

    async retry() {
      await active();
      await inTurn(() => (session.current() ? session.keep() : session.restore()));
    },
  };
}
