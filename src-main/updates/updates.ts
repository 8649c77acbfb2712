import type { UpdateState } from '../../contract/desktop/api.ts';
import type { Logger } from '../log.ts';
import { assertIsOf, verifiedRelease } from './release.ts';
import type { Release } from './release.ts';

/** The part of electron-updater that is used. */
export interface Updater {
  autoInstallOnAppQuit: boolean;
  checkForUpdates(): Promise<{ readonly isUpdateAvailable: boolean; readonly updateInfo: unknown } | null>;
  /** Answers the paths of what came; fails when it is not what the description says. */
  downloadUpdate(): Promise<string[]>;
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
}

export interface UpdatesDeps {
  /** Null where the program does not renew itself. */
  readonly source: {
    readonly load: () => Promise<Updater>;
    readonly description: string;
    /** The publisher's, as base64 of SPKI. */
    readonly publicKey: string;
  } | null;
  /** Somebody else looks after this computer's programs. */
  readonly isManaged: boolean;
  readonly onChange: (state: UpdateState) => void;
  /** Just before the program ends to be installed anew. */
  readonly beforeRestart: () => void;
  readonly log: Logger;
}

const firstLookMs = 60_000;
const betweenLooksMs = 4 * 60 * 60 * 1000;

/**
 * Newer versions: looked for in the background, taken only with the publisher's signature, installed when the person
 * says so or ends the program. Without a network nothing is said.
 */
export function createUpdates({ source, isManaged, onChange, beforeRestart, log }: UpdatesDeps) {
  let state: UpdateState = isManaged ? { state: 'managed' } : { state: source ? 'none' : 'off' };
  let ready: { readonly updater: Updater; readonly release: Release; readonly path: string } | null = null;
  let looking: Promise<void> | null = null;
  let loaded: Promise<Updater> | null = null;

  function become(next: UpdateState): void {
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) onChange(next);
  }

  /** What lies ready must not be installed, neither now nor when the program ends. */
  function drop(updater: Updater): void {
    updater.autoInstallOnAppQuit = false;
    ready = null;
    become({ state: 'none' });
  }

  async function look({ load, description, publicKey }: NonNullable<UpdatesDeps['source']>): Promise<void> {
    const updater = await (loaded ??= load());
    const found = await updater.checkForUpdates();
    if (!found?.isUpdateAvailable) return;
    const release = verifiedRelease(found.updateInfo, description, publicKey);
    updater.autoInstallOnAppQuit = true;
    try {
      const [path = ''] = await updater.downloadUpdate();
      await assertIsOf(release, path);
      ready = { updater, release, path };
    } catch (error) {
      drop(updater);
      throw error;
    }
    log.info('update_ready', { version: release.version });
    become({ state: 'ready', version: release.version });
  }

  /** One look at a time. Never fails: the next one is not far. */
  async function check(): Promise<UpdateState> {
    if (source && !isManaged) {
      looking ??= look(source)
        .catch((error: unknown) => log.warn('update_not_taken', { error }))
        .finally(() => (looking = null));
      await looking;
    }
    return state;
  }

  /** Ends the program and starts the new version; answers only when that cannot be. */
  async function restart(): Promise<UpdateState> {
    if (!ready) return state;
    const { updater, release, path } = ready;
    try {
      // It may have lain there for days.
      await assertIsOf(release, path);
      beforeRestart();
      updater.quitAndInstall(true, true);
    } catch (error) {
      log.error('update_not_installed', { error });
      drop(updater);
    }
    return state;
  }

  return { status: () => state, check, restart };
}

export type Updates = ReturnType<typeof createUpdates>;

/** Some time after the start, which has enough to do, and then several times a day. */
export function keepLooking({ check }: Pick<Updates, 'check'>): void {
  setTimeout(() => void check(), firstLookMs).unref();
  setInterval(() => void check(), betweenLooksMs).unref();
}
