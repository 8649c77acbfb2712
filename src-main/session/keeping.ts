import { isDeepStrictEqual } from 'node:util';
import type { Keeping } from '../../contract/desktop/api.ts';
import type { WatchedStore } from '../keychain/watched-store.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { AccountVault } from './account-vault.ts';
import type { HeldSession } from './held-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface KeepingDeps {
  readonly keeper: Pick<SessionKeeper, 'active' | 'retry'>;
  readonly session: Pick<HeldSession, 'waits'>;
  readonly store: Pick<WatchedStore, 'known' | 'forget' | 'state'>;
  readonly vault: Pick<AccountVault, 'ask' | 'isOpen'>;
  readonly settings: SettingsFile;
  readonly onChange: (keeping: Keeping) => void;
}

/** Knows what this computer can keep, tells the window when that changes, and looks again after the person has helped. */
export interface KeepingWatch {
  readonly status: () => Promise<Keeping>;
  /** The person wants to know now: the system may ask them to unlock the keychain. */
  readonly retry: () => Promise<Keeping>;
  /** Somebody is back at the window: looks again where something was wrong. Never makes the system ask the person. */
  look(): Promise<void>;
  /** Whether the disk takes what is written to it. */
  checkDisk(): Promise<void>;
  /** Tells the window what has changed. */
  tell(): void;
}

export function createKeeping({ keeper, session, store, vault, settings, onChange }: KeepingDeps): KeepingWatch {
  let told: Keeping = { keychain: 'available', sessionWaits: false, disk: null };
  let looking: Promise<void> | null = null;

  const current = (): Keeping => ({
    keychain: store.known() ?? told.keychain,
    sessionWaits: session.waits(),
    disk: settings.trouble(),
  });

  function tell(): void {
    const now = current();
    if (isDeepStrictEqual(now, told)) return;
    told = now;
    onChange(now);
  }

  async function checkDisk(): Promise<void> {
    await settings.change({});
    tell();
  }

  async function lookAgain(): Promise<void> {
    const { keychain, disk } = current();
    const { portal } = settings.get();
    if (disk) await checkDisk();
    // Who has refused the access is not bothered again.
    if (portal === null || keychain === 'denied') return;
    const isBetter = keychain === 'available' ? disk && !settings.trouble() : await vault.isOpen(portal);
    if (!isBetter) return;
    store.forget();
    await keeper.retry();
  }

  return {
    async status() {
      await keeper.active();
      const keychain = await store.state();
      return { ...current(), keychain };
    },

    async retry() {
      await checkDisk();
      store.forget();
      await keeper.retry();
      const { portal } = settings.get();
      if (store.known() === null && portal !== null) await vault.ask(portal);
      tell();
      return current();
    },

    look: () => (looking ??= lookAgain().finally(() => (looking = null))),
    checkDisk,
    tell,
  };
}
