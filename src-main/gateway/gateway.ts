import type { Endpoint } from '../../contract/endpoint.ts';
import type { Problem } from '../../contract/errors.ts';
import type { OfflineCache } from '../cache/offline-cache.ts';
import type { Logger } from '../log.ts';
import type { Connection } from '../offline/connection.ts';
import type { GatewayAnswer, GatewayRequest } from './gateway-answer.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { createKeptInTime } from './kept-in-time.ts';
import { asProblem, NotAPortal, Unreachable } from './portal-client.ts';
import type { PortalAnswer, PortalClient } from './portal-client.ts';
import { endsSession, ProblemError } from './problems.ts';

/** Who is signed in, as far as a request needs to know. */
export interface ActiveSession {
  readonly token: string;
  /** Null where there is no keychain to keep its key in. */
  readonly cache: OfflineCache | null;
}

/** What the gateway needs of the session. */
export interface SessionPort {
  /** Waits for the keychain at the start. */
  active(): Promise<ActiveSession | null>;
  /** The server said that this token is no longer good, and why. */
  ended(token: string, problem: Problem): Promise<void>;
}

export interface GatewayDeps {
  readonly client: PortalClient;
  readonly session: SessionPort;
  readonly portal: () => string | null;
  readonly connection: Pick<Connection, 'reached' | 'lost'>;
  readonly clock: () => Date;
  readonly log: Logger;
  /** How long the portal may take before a kept answer is shown instead. */
  readonly patienceMs?: number;
}

export interface Gateway {
  /**
   * Asks the portal in the name of who is signed in. Operations that the contract marks `offline` are kept, and
   * answered from what was kept when the portal cannot be reached, takes too long, or somebody else answers for it.
   * Fails with ProblemError `not_signed_in`, `offline` or `not_a_portal`; what the portal itself refuses is an answer.
   */
  ask(request: GatewayRequest): Promise<GatewayAnswer>;
  /** Asks for what nobody waits for, and keeps the answer: `rank` as the cache has it. Never answers what was kept. */
  fetchAhead(request: GatewayRequest, rank?: Date): Promise<PortalAnswer>;
  /** Resolves when nobody waits for an answer. */
  idle(): Promise<void>;
}

/** Who asks, and where. */
interface Way {
  readonly origin: string;
  readonly token: string | undefined;
  readonly cache: OfflineCache | null;
}

export function createGateway(deps: GatewayDeps): Gateway {
  const { client, session, portal, connection, clock, log, patienceMs = 5000 } = deps;
  const answers = createKeptAnswers({ clock, log });
  const keptInTime = createKeptInTime(patienceMs, () => connection.lost());
  let waiting = 0;
  const onIdle: (() => void)[] = [];

  async function wayFor({ caller }: Endpoint): Promise<Way> {
    const active = await session.active();
    const origin = portal();
    if (!origin) throw new ProblemError('not_a_portal');
    return { origin, token: tokenFor(caller, active), cache: active?.cache ?? null };
  }

  /** The portal's own answer, kept where it is to be. Fails with Unreachable or NotAPortal. */
  async function fresh(request: GatewayRequest, { origin, token, cache }: Way, rank?: Date): Promise<PortalAnswer> {
    const answer = await client.ask(origin, { ...request, token }).catch((error: unknown) => {
      if (error instanceof Unreachable || error instanceof NotAPortal) connection.lost();
      throw error;
    });
    if (token && endsSession(answer.problem)) await session.ended(token, answer.problem);
    else if (cache && request.operation.offline) await answers.keep(request, answer, cache, rank);
    connection.reached();
    return answer;
  }

  /** A question of a person's, whoever answers it. */
  async function ask(request: GatewayRequest): Promise<GatewayAnswer> {
    waiting++;
    try {
      const way = await wayFor(request.operation);
      const own = async (): Promise<GatewayAnswer> => ({ answer: await fresh(request, way), asOf: null });
      const { cache } = way;
      return await (cache && request.operation.offline ? keptInTime(own, () => answers.kept(request, cache)) : own());
    } catch (error) {
      if (error instanceof NotAPortal)
        log.warn('portal_answered_strangely', { operation: request.operation.id, error });
      return asProblem(error);
    } finally {
      if (--waiting === 0) for (const tell of onIdle.splice(0)) tell();
    }
  }

  return {
    ask,
    fetchAhead: async (request, rank = clock()) =>
      await fresh(request, await wayFor(request.operation), rank).catch(asProblem),
    idle: () => (waiting === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  };
}

/** The token goes along where it is needed, and nowhere else. Without one the answer is known, network or not. */
function tokenFor(caller: Endpoint['caller'], active: ActiveSession | null): string | undefined {
  if (caller === 'anyone') return undefined;
  if (!active) throw new ProblemError('not_signed_in');
  return active.token;
}
