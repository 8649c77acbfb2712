import { checkSession } from '../../contract/session.ts';
import type { SessionPort } from '../gateway/gateway.ts';
import { Unreachable } from '../gateway/portal-client.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import { endsSession } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';

export interface SessionWatchDeps {
  readonly client: PortalClient;
  readonly session: SessionPort;
  readonly portal: () => string | null;
  /** False only when surely nobody can be reached. */
  readonly isOnline: () => boolean;
  readonly intervalMs: number;
  /** 0 to 1. Clients that were started together, at eight in the office, must not ask together. */
  readonly random: () => number;
  readonly log: Logger;
}

/** Asks now and then whether the session is still alive, so that a window that stands idle learns of its end. */
export interface SessionWatch {
  start(): void;
  /** Asks now, unless a question is under way. */
  look(): Promise<void>;
  /** The computer goes to sleep. */
  pause(): void;
  /** It woke up: asks at once. */
  resume(): Promise<void>;
}

/** A question that hangs must not keep the next one back. */
const patienceMs = 10_000;

export function createSessionWatch(deps: SessionWatchDeps): SessionWatch {
  const { client, session, portal, isOnline, intervalMs, random, log } = deps;
  let isPaused = false;
  let isAsking = false;

  async function ask(): Promise<void> {
    const active = await session.active();
    const origin = portal();
    if (!active || !origin) return;
    const { token } = active;
    const { problem } = await client.ask(origin, { operation: checkSession, token, firstByteMs: patienceMs });
    if (endsSession(problem)) await session.ended(token, problem);
  }

  async function look(): Promise<void> {
    if (isPaused || isAsking || !isOnline()) return;
    isAsking = true;
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof Unreachable)) log.warn('session_not_checked', { error });
    } finally {
      isAsking = false;
    }
  }

  /** A tenth more or less than the interval. */
  function plan(): void {
    setTimeout(() => void look().then(plan), intervalMs * (0.9 + 0.2 * random())).unref();
  }

  return {
    start: plan,
    look,
    pause: () => void (isPaused = true),
    async resume() {
      isPaused = false;
      await look();
    },
  };
}
