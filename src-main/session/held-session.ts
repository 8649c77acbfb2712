import type { OpenedCopies } from '../files/opened-copies.ts';
import type { ActiveSession } from '../gateway/gateway.ts';
import type { AccountToken } from '../keychain/portal-secrets.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { AccountTraces } from './account-traces.ts';
import type { AccountVault } from './account-vault.ts';
import type { SignedInMark } from './signed-in-mark.ts';

/** Who is signed in. */
export interface Held extends ActiveSession {
  readonly portal: string;
  readonly accountId: string;
  /** Whether the token is in the keychain, too. */
  readonly isKept: boolean;
  /** The account may have been deleted: it was asked for, and no answer came. */
  readonly mayBeGone: boolean;
}

/**
 * The session in memory and its traces on this computer. Its passages must not overlap. Each of them leaves, cut off
 * at any of its steps, a person who is signed in as before or signed out, and never files that open for a guest.
 */
export interface HeldSession {
  current(): Held | null;
  /** Changes what is known in memory alone. */
  note(changes: Partial<Held>): void;
  /** Takes up the session of the last start. An unreadable keychain leaves everything where it is. */
  restore(): Promise<void>;
  /** Whether the session of the last start has not been taken up, because the keychain could not be read. */
  waits(): boolean;
  begin(portal: string, entry: AccountToken): Promise<void>;
  /** Has a session that is in memory alone kept, now that it can be. */
  keep(): Promise<void>;
  /** Signs out; key and files stay for the same person's return. `tell` is called as soon as nothing can be read. */
  lock(tell: () => void): Promise<void>;
  /** Signs out and leaves nothing. Answers the token. */
  erase(): Promise<string | null>;
}

export interface HeldSessionDeps {
  readonly vault: AccountVault;
  readonly traces: AccountTraces;
  readonly mark: SignedInMark;
  /** Open copies of slips go with the session, whichever way it ends. */
  readonly copies: Pick<OpenedCopies, 'remove'>;
  readonly settings: SettingsFile;
}

export function createHeldSession({ vault, traces, mark, copies, settings }: HeldSessionDeps): HeldSession {
  let held: Held | null = null;
  /** Before, nobody knows whether the keychain gives the session back. */
  let hasLooked = false;

  const letGo = async (): Promise<Held | null> => {
    const ended = held;
    held = null;
    await ended?.cache?.close();
    await copies.remove();
    return ended;
  };

  async function lock(tell: () => void): Promise<void> {
    await letGo();
    await mark.lock();
    // The keychain may take its time, and the window must not wait for it.
    tell();
    const portal = mark.get()?.portal;
    if (portal !== undefined) await vault.eraseToken(portal);
  }

  async function erase(): Promise<string | null> {
    const ended = await letGo();
    await traces.wipe();
    return ended?.token ?? null;
  }

  async function restore(): Promise<void> {
    const signedIn = mark.get();
    const { portal } = settings.get();
    if (!signedIn || held) return;
    if (signedIn.portal !== portal || mark.isDue()) return void (await erase());
    if (mark.isLocked()) return await mark.boundLock();
    const token = await vault.readToken(portal);
    hasLooked = true;
    if (token.found === 'unreadable') return;
    if (token.found !== 'value' || token.value.accountId !== signedIn.accountId) return await lock(() => undefined);
    const cache = await vault.openCache(portal, signedIn.accountId);
    held = { ...token.value, portal, cache, isKept: true, mayBeGone: false };
  }

  async function hold(portal: string, { accountId, token }: AccountToken, mayBeGone: boolean): Promise<void> {
    const kept = await traces.keep(portal, { accountId, token });
    held = { accountId, token, portal, ...kept, mayBeGone };
  }

  return {
    current: () => held,
    note: (changes) => (held = held && { ...held, ...changes }),
    restore,
    waits: () => hasLooked && held === null && mark.get() !== null && !mark.isLocked(),
    async begin(portal, entry) {
      await letGo();
      await hold(portal, entry, false);
    },
    async keep() {
      if (held && !(held.isKept && held.cache)) await hold(held.portal, held, held.mayBeGone);
    },
    lock,
    erase,
  };
}
