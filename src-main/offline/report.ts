import type { OfflineState, OfflineStatus } from '../../contract/desktop/api.ts';
import type { SessionPort } from '../gateway/gateway.ts';
import type { Logger } from '../log.ts';
import type { CacheState } from '../session/account-vault.ts';
import { readNote } from './pass-note.ts';
import type { Progress } from './pass.ts';

export interface ReportDeps {
  readonly session: Pick<SessionPort, 'active'>;
  readonly cacheState: () => CacheState;
  /** What stands in the way of fetching, if anything does. */
  readonly obstacle: () => OfflineStatus | null;
  readonly onState: (state: OfflineState) => void;
  readonly log: Logger;
}

/** How far fetching ahead is, for the person to see. */
export interface Report {
  enter(status: OfflineStatus): void;
  /** Null: it begins anew. */
  reach(progress: Progress | null): void;
  state(): Promise<OfflineState>;
}

const nothing = { done: 0, total: 0, bytes: 0, asOf: null };

export function createReport({ session, cacheState, obstacle, onState, log }: ReportDeps): Report {
  let status: OfflineStatus = 'waiting';
  let progress: Progress | null = null;

  function withoutCache(isSignedIn: boolean): OfflineStatus {
    const why = cacheState();
    return !isSignedIn || why === 'open' ? 'nothing' : why;
  }

  /** What is done stays done, whatever but the person stands in the way of doing it again. */
  function withObstacle(): OfflineStatus {
    const found = obstacle();
    const isSettled = status === 'nothing' || status === 'done';
    return found && (found === 'paused' || !isSettled) ? found : status;
  }

  async function state(): Promise<OfflineState> {
    const active = await session.active();
    if (!active?.cache) return { ...nothing, status: withoutCache(active !== null) };
    const [note, { bytes }] = await Promise.all([readNote(active.cache), active.cache.usage()]);
    const { done, total } = progress ?? note ?? nothing;
    return { status: withObstacle(), done, total, bytes, asOf: note?.asOf ?? null };
  }

  const tell = () =>
    state()
      .then(onState)
      .catch((error: unknown) => log.warn('offline_state_not_told', { error }));

  return {
    enter(given) {
      status = given;
      void tell();
    },
    reach(given) {
      progress = given;
      status = 'fetching';
      void tell();
    },
    state,
  };
}
