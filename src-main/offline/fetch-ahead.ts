import { setTimeout as sleep } from 'node:timers/promises';
import type { OfflineState, OfflineStatus } from '../../contract/desktop/api.ts';
import type { OfflineCache } from '../cache/offline-cache.ts';
import type { Gateway, SessionPort } from '../gateway/gateway.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import type { CacheState } from '../session/account-vault.ts';
import { createAlarm } from './alarm.ts';
import { createBackOff } from './back-off.ts';
import type { Connection } from './connection.ts';
import { writeNote } from './pass-note.ts';
import { fetchEverything } from './pass.ts';
import type { Progress } from './pass.ts';
import { createReport } from './report.ts';
import type { Report } from './report.ts';

/** How gently. */
export interface Pace {
  /** After the start of the program: until the person has their first page. */
  readonly startMs: number;
  /** Between two questions. */
  readonly pauseMs: number;
  /** Until everything is looked through again. */
  readonly repeatMs: number;
}

export const usualPace: Pace = { startMs: 4000, pauseMs: 400, repeatMs: 6 * 60 * 60 * 1000 };

export interface FetchAheadDeps {
  readonly gateway: Pick<Gateway, 'fetchAhead' | 'idle'>;
  readonly session: Pick<SessionPort, 'active'>;
  readonly connection: Pick<Connection, 'isLost'>;
  readonly cacheState: () => CacheState;
  /** Records that could not be read, and were set aside, are here again: they can go. */
  readonly onWhole: () => Promise<void>;
  /** False: the person has stopped it. */
  readonly isWanted: () => boolean;
  readonly isOnBattery: () => boolean;
  readonly pace: Pace;
  readonly onState: (state: OfflineState) => void;
  readonly clock: () => Date;
  readonly log: Logger;
}

export interface FetchAhead {
  /** Begins to work in the background, once. */
  start(): void;
  /** Something has changed: somebody signed in or out, the connection is back, the person wants it or not. */
  wake(): void;
  /** Whether each byte costs the person money, as far as the window can tell. */
  setMetered(isMetered: boolean): void;
  state(): Promise<OfflineState>;
}

/** The pass is to end: what it was made for has changed. */
class Interrupted extends Error {}

/** Slower on a battery: nobody waits for this. */
const batteryFactor = 5;
/** A portal that cannot answer now is left alone for a moment, whatever it says itself. */
const shortestMs = 5000;
/** What a failure of the portal means for who looks at the state. */
const unreachable = ['offline', 'not_a_portal', 'certificate_untrusted'];

export function createFetchAhead(deps: FetchAheadDeps): FetchAhead {
  const { session, connection, pace, log } = deps;
  const alarm = createAlarm();
  let isMetered = false;
  const backOff = createBackOff();

  /** What stands in the way of fetching, if anything does. */
  function obstacle(): OfflineStatus | null {
    if (!deps.isWanted()) return 'paused';
    if (isMetered) return 'metered';
    return connection.isLost() ? 'offline' : null;
  }

  const report = createReport({ ...deps, obstacle });

  async function pass(cache: OfflineCache): Promise<number> {
    await onePass(deps, cache, report, () => mayAsk(deps, cache, obstacle));
    backOff.reset();
    return pace.repeatMs;
  }

  /** Does what can be done now. Answers after how long to come back without being called. */
  async function work(): Promise<number> {
    const cache = (await session.active())?.cache ?? null;
    const found = obstacle();
    if (!cache || found) {
      report.enter(found ?? 'nothing');
      return Infinity;
    }
    return backOff.remainingMs() || (await pass(cache).catch(afterFailure));
  }

  function afterFailure(error: unknown): number {
    if (error instanceof Interrupted) {
      report.enter(obstacle() ?? 'waiting');
      return Infinity;
    }
    if (!(error instanceof ProblemError)) {
      log.error('not_fetched_ahead', { error });
      report.enter('disk');
      return pace.repeatMs;
    }
    const { code, retryAfter = 0 } = error.problem;
    report.enter(unreachable.includes(code) ? 'offline' : 'waiting');
    backOff.failed(retryAfter * 1000);
    // Who waits for a connection is called when it is there.
    return connection.isLost() ? Infinity : Math.max(backOff.remainingMs(), shortestMs);
  }

  async function workOn(): Promise<never> {
    await sleep(pace.startMs, undefined, { ref: false });
    for (;;) {
      // A session that is only taken up now is no change.
      await session.active();
      alarm.hush();
      await alarm.sleep(await work());
    }
  }

  return {
    start: () => void workOn().catch((error: unknown) => log.error('not_fetched_ahead', { error })),
    wake: () => alarm.ring(),
    setMetered(given) {
      if (given !== isMetered) alarm.ring();
      isMetered = given;
    },
    state: () => report.state(),
  };
}

async function onePass(
  { gateway, clock, onWhole }: FetchAheadDeps,
  cache: OfflineCache,
  report: Report,
  mayAskNow: () => Promise<void>,
): Promise<void> {
  report.reach(null);
  const onProgress = (given: Progress) => report.reach(given);
  const done = await fetchEverything({ gateway, cache, clock, mayAsk: mayAskNow, onProgress });
  if (done) {
    await writeNote(cache, { ...done, asOf: clock().toISOString() });
    await onWhole();
  }
  report.enter(done ? 'done' : 'nothing');
}

/** Waits until nobody is kept waiting by one more question. Fails when the pass is to end. */
async function mayAsk(
  { gateway, session, pace, isOnBattery }: FetchAheadDeps,
  cache: OfflineCache,
  obstacle: () => OfflineStatus | null,
): Promise<void> {
  await sleep(pace.pauseMs * (isOnBattery() ? batteryFactor : 1), undefined, { ref: false });
  await gateway.idle();
  if (obstacle() !== null || (await session.active())?.cache !== cache) throw new Interrupted();
}
