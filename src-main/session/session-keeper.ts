import type { ActiveSession, SessionPort } from '../gateway/gateway.ts';
import type { AccountToken } from '../keychain/portal-secrets.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { AccountVault } from './account-vault.ts';

/** Keeps who is signed in: in memory, and in the vault for the next start. */
export interface SessionKeeper extends SessionPort {
  begin(portal: string, entry: AccountToken): Promise<void>;
  /** Forgets who is signed in. Answers the token, for telling the server. */
  erase(): Promise<string | null>;
}

type Held = ActiveSession & { readonly accountId: string };

export function createSessionKeeper(vault: AccountVault, settings: SettingsFile): SessionKeeper {
  let held: Held | null = null;
  let restoring: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** Restoring, beginning and ending never overlap. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** Takes up the session of the last start. An unreadable keychain leaves everything where it is. */
  async function restore(): Promise<void> {
    const { signedIn, portal } = settings.get();
    if (!signedIn || held) return;
    const token = signedIn.portal === portal ? await vault.readToken(portal) : null;
    if (token?.found === 'unreadable') return;
    if (token?.found !== 'value' || token.value.accountId !== signedIn.accountId) {
      await eraseNow();
      return;
    }
    held = { ...token.value, cache: await vault.openCache(signedIn.portal, signedIn.accountId) };
  }

  async function beginNow(portal: string, entry: AccountToken): Promise<void> {
    const before = settings.get().signedIn;
    if (before?.portal === portal && before.accountId === entry.accountId) await held?.cache?.close();
    else await eraseNow();
    held = null;
    const cache = await vault.openCache(portal, entry.accountId);
    if (!cache) {
      held = { ...entry, cache: null };
      return;
    }
    const isKept = await vault.keepToken(portal, entry);
    if (!isKept) await cache.close();
    held = { ...entry, cache: isKept ? cache : null };
    if (isKept) await settings.change({ signedIn: { portal, accountId: entry.accountId } });
  }

  async function eraseNow(): Promise<string | null> {
    const ended = held;
    const { signedIn } = settings.get();
    held = null;
    await ended?.cache?.close();
    await vault.erase(signedIn?.portal ?? null);
    if (signedIn) await settings.change({ signedIn: null });
    return ended?.token ?? null;
  }

  return {
    async active() {
      restoring ??= inTurn(restore);
      await restoring;
      return held;
    },
    async ended(token) {
      await inTurn(async () => {
        // The answer to an older session's request may come late.
        if (held?.token === token) await eraseNow();
      });
    },
    begin: (portal, entry) => inTurn(() => beginNow(portal, entry)),
    erase: () => inTurn(eraseNow),
  };
}
