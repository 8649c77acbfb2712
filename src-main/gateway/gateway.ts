import { operations } from '../../contract/api.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { ErrorCode, Problem } from '../../contract/errors.ts';
import type { OfflineCache } from '../cache/offline-cache.ts';
import type { Logger } from '../log.ts';
import { asProblem, Unreachable } from './portal-client.ts';
import type { PortalAnswer, PortalClient, PortalRequest } from './portal-client.ts';
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
  readonly clock: () => Date;
  readonly log: Logger;
}

/** An answer and, when it is a kept one, the moment it was the server's. */
export interface GatewayAnswer {
  readonly answer: PortalAnswer;
  readonly asOf: string | null;
}

export type GatewayRequest = Pick<PortalRequest, 'operation' | 'params' | 'query' | 'body' | 'mediaType'>;

export interface Gateway {
  /**
   * Asks the portal in the name of who is signed in. Operations that the contract marks `offline` are kept, and
   * answered from what was kept when the portal cannot be reached.
   * Fails with ProblemError `not_signed_in`, `offline` or `not_a_portal`; what the portal itself refuses is an answer.
   */
  ask(request: GatewayRequest): Promise<GatewayAnswer>;
}

/** After these the kept copy is not the user's any more. */
const copyEnds: readonly (ErrorCode | undefined)[] = ['not_found', 'forbidden', 'e_invoice_required'];

export function createGateway({ client, session, portal, clock, log }: GatewayDeps): Gateway {
  async function ask(request: GatewayRequest): Promise<GatewayAnswer> {
    const origin = portal();
    if (!origin) throw new ProblemError('not_a_portal');
    const active = await session.active();
    const token = tokenFor(request.operation, active);
    try {
      const answer = await client.ask(origin, { ...request, token });
      if (token && endsSession(answer.problem)) await session.ended(token, answer.problem);
      else await keep(request, answer, active?.cache);
      return { answer, asOf: null };
    } catch (error) {
      if (error instanceof Unreachable) return await kept(request, active?.cache, error);
      log.warn('portal_answered_strangely', { operation: request.operation.id, error });
      return asProblem(error);
    }
  }

  /** A full disk must not take the answer away that has just come. */
  async function keep(request: GatewayRequest, answer: PortalAnswer, cache: OfflineCache | null | undefined) {
    if (!cache || !request.operation.offline) return;
    try {
      if (answer.status === 200) {
        const { mediaType, body } = answer;
        const disposition = answer.headers.get('Content-Disposition');
        await cache.write(recordName(request), { mediaType, disposition, savedAt: clock().toISOString(), body });
      } else if (copyEnds.includes(answer.problem?.code)) {
        for (const record of recordsWith(request)) await cache.remove(record);
      }
    } catch (error) {
      log.error('cache_write_failed', { operation: request.operation.id, error });
    }
  }

  async function kept(request: GatewayRequest, cache: OfflineCache | null | undefined, cause: Unreachable) {
    const record = cache && request.operation.offline ? await cache.read(recordName(request)) : null;
    if (!record) throw new ProblemError('offline', { cause });
    const { mediaType, body, savedAt, disposition } = record;
    const headers = new Headers({
      'Content-Type': mediaType,
      ...(disposition && { 'Content-Disposition': disposition }),
    });
    return { answer: { status: 200, mediaType, headers, body, problem: null }, asOf: savedAt };
  }

  return { ask };
}

/** The token goes along where it is needed, and nowhere else. Without one the answer is known, network or not. */
function tokenFor({ caller }: Endpoint, active: ActiveSession | null): string | undefined {
  if (caller === 'anyone') return undefined;
  if (!active) throw new ProblemError('not_signed_in');
  return active.token;
}

/** The record of a thing and of what lies below it: with a slip its PDF goes too. */
function recordsWith(request: GatewayRequest): string[] {
  const { operation, params = {} } = request;
  const isBelow = ({ offline, path }: Endpoint) => offline && path.startsWith(`${operation.path}/`);
  const below = Object.keys(params).length ? operations.filter(isBelow) : [];
  return [recordName(request), ...below.map((each) => recordName({ operation: each, params }))];
}

/** The same question asked in another order of parameters is the same record. */
function recordName({ operation, params = {}, query }: { operation: Endpoint } & Partial<GatewayRequest>): string {
  const sorted = new URLSearchParams([...(query ?? [])]);
  sorted.sort();
  const names = Object.keys(params).sort();
  return JSON.stringify([operation.id, names.map((name) => [name, params[name]]), sorted.toString()]);
}
