import type { Settings, SettingsFile } from '../settings/settings.ts';

type Mark = NonNullable<Settings['signedIn']>;
type Whose = Pick<Mark, 'portal' | 'accountId'>;

/**
 * What the settings say of what is in the keychain. It is written before anything is done there, so that a start after a
 * crash finds all that is to be finished.
 */
export interface SignedInMark {
  get(): Mark | null;
  /** Signed in: the next start takes the session up. */
  keep(whose: Whose): Promise<void>;
  /** Signed out; key and files wait for the same person. */
  lock(): Promise<void>;
  /** However far the clock has been put back: nothing waits longer than it would from now on. */
  boundLock(): Promise<void>;
  /** What is there, of whoever is named, is to be erased. Answers whether the disk knows. */
  condemn(whose?: Whose): Promise<boolean>;
  clear(): Promise<void>;
  isLocked(): boolean;
  /** Condemned, or locked for long enough. */
  isDue(): boolean;
}

/**
 * How long a locked cache waits for its person. A session that nobody uses ends after the same time, so who stays away
 * longer would have had to sign in anew anyway; and on a computer that somebody has left for good, such as a shared
 * one, their slips must not lie for ever, sealed or not.
 */
const lockedMs = 30 * 24 * 60 * 60 * 1000;

/** As soon as it can be, whatever the clock says. */
const atOnce = new Date(0).toISOString();

export function createSignedInMark({ settings, clock }: { settings: SettingsFile; clock: () => Date }): SignedInMark {
  const get = () => settings.get().signedIn;
  const endOfLock = () => new Date(clock().getTime() + lockedMs).toISOString();

  async function lockUntil(lockedUntil: string, whose: Whose | null = get()): Promise<void> {
    if (whose) await settings.change({ signedIn: { portal: whose.portal, accountId: whose.accountId, lockedUntil } });
  }

  return {
    get,
    keep: ({ portal, accountId }) => settings.change({ signedIn: { portal, accountId } }),
    lock: () => lockUntil(endOfLock()),
    async boundLock() {
      if ((get()?.lockedUntil ?? '') > endOfLock()) await lockUntil(endOfLock());
    },
    async condemn(whose) {
      await lockUntil(atOnce, whose);
      return settings.trouble() === null;
    },
    clear: () => settings.change({ signedIn: null }),
    isLocked: () => get()?.lockedUntil !== undefined,
    isDue() {
      const lockedUntil = get()?.lockedUntil;
      return lockedUntil !== undefined && new Date(lockedUntil) <= clock();
    },
  };
}
