import type { OpenedCopies } from '../files/opened-copies.ts';
import type { ActiveSession } from '../gateway/gateway.ts';
import type { AccountToken } from '../keychain/portal-secrets.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { AccountVault } from './account-vault.ts';

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
  begin(portal: string, entry: AccountToken): Promise<void>;
  /** Signs out; key and files stay for the same person's return. `tell` is called as soon as nothing can be read. */
  lock(tell: () => void): Promise<void>;
  /** Signs out and leaves nothing. Answers the token. */
  erase(): Promise<string | null>;
}

export interface HeldSessionDeps {
  readonly vault: AccountVault;
  /** Open copies of slips go with the session, whichever way it ends. */
  readonly copies: Pick<OpenedCopies, 'remove'>;
  readonly settings: SettingsFile;
  readonly clock: () => Date;
}

/**
 * How long a locked cache waits for its person. A session that nobody uses ends after the same time, so who stays away
 * longer would have had to sign in anew anyway; and on a computer that somebody has left for good, such as a shared
 * one, their slips must not lie for ever, sealed or not.
 */
const lockedMs = 30 * 24 * 60 * 60 * 1000;

export function createHeldSession({ vault, copies, settings, clock }: HeldSessionDeps): HeldSession {
  let held: Held | null = null;

  const letGo = async (): Promise<Held | null> => {
    const ended = held;
    held = null;
    await ended?.cache?.close();
    await copies.remove();
    return ended;
  };

  /** From the moment this is on the disk, no start takes the session up again. */
  async function lockFor(ms: number): Promise<void> {
    const { signedIn } = settings.get();
    const lockedUntil = new Date(clock().getTime() + ms).toISOString();
    if (signedIn) await settings.change({ signedIn: { ...signedIn, lockedUntil } });
  }

  async function lock(tell: () => void): Promise<void> {
    await letGo();
    await lockFor(lockedMs);
    // The keychain may take its time, and the window must not wait for it.
    tell();
    const { signedIn } = settings.get();
    if (signedIn) await vault.eraseToken(signedIn.portal);
  }

  async function erase(): Promise<string | null> {
    const ended = await letGo();
    // Due at once: what a crash leaves undone, the next start does.
    await lockFor(0);
    const { signedIn } = settings.get();
    await vault.erase(signedIn?.portal ?? null);
    if (signedIn) await settings.change({ signedIn: null });
    return ended?.token ?? null;
  }

  const isDue = (lockedUntil: string | undefined) => lockedUntil !== undefined && new Date(lockedUntil) <= clock();

  async function restore(): Promise<void> {
    const { signedIn, portal } = settings.get();
    if (!signedIn || held) return;
    if (signedIn.portal !== portal || isDue(signedIn.lockedUntil)) return void (await erase());
    if (signedIn.lockedUntil !== undefined) return;
    const token = await vault.readToken(portal);
    if (token.found === 'unreadable') return;
    if (token.found !== 'value' || token.value.accountId !== signedIn.accountId) return await lock(() => undefined);
    const cache = await vault.openCache(portal, signedIn.accountId);
    held = { ...token.value, portal, cache, isKept: true, mayBeGone: false };
  }

  async function begin(portal: string, entry: AccountToken): Promise<void> {
    const before = settings.get().signedIn;
    if (before?.portal === portal && before.accountId === entry.accountId) await letGo();
    else await erase();
    const cache = await vault.openCache(portal, entry.accountId);
    const isKept = cache !== null && (await vault.keepToken(portal, entry));
    if (!isKept) await cache?.close();
    held = { ...entry, portal, cache: isKept ? cache : null, isKept, mayBeGone: false };
    if (isKept) await settings.change({ signedIn: { portal, accountId: entry.accountId } });
  }

  return {
    current: () => held,
    note: (changes) => (held = held && { ...held, ...changes }),
    restore,
    begin,
    lock,
    erase,
  };
}
