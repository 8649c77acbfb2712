import { hash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { StaffRole } from '../../contract/session.ts';
import { selectRows } from '../db/select.ts';
import { clockSlack, days, fromInstant, minutes, toInstant, toIso } from '../db/time.ts';
import { DisplacedSession } from '../models/displaced-session.ts';
import { Session } from '../models/session.ts';
import type { Actor } from './actor.ts';
import { ApiError } from './api-error.ts';

/** 256 random bits. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): string => hash('sha256', token);

interface Row {
  readonly id: string;
  readonly accountId: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly payerManagerId: string | null;
  readonly payerId: string | null;
  readonly roleManagerId: string | null;
  readonly role: StaffRole | null;
  readonly secondFactorAt: string | null;
}

const sessionSql = `
  select s.id, s.account_id as accountId, s.last_used_at as lastUsedAt, s.expires_at as expiresAt,
    p.manager_id as payerManagerId, p.payer_id as payerId, r.manager_id as roleManagerId, r.role,
    f.confirmed_at as secondFactorAt
  from sessions s
    left join payer_accounts p on p.account_id = s.account_id
    left join staff_roles r on r.account_id = s.account_id
    left join second_factors f on f.account_id = s.account_id
  where s.token_hash = ?`;

/**
 * Session, payers, roles and second factor in one query: a row for each pair of payer and role, which are few.
 */
const findRows = (db: Knex, tokenHash: string): Promise<Row[]> => selectRows(db, sessionSql, [tokenHash]);

function toActor(session: Row, rows: readonly Row[]): Actor {
  const payers = new Map<string, Actor['payers'][number]>();
  const roles = new Map<string, Actor['roles'][number]>();
  for (const { payerManagerId, payerId, roleManagerId, role } of rows) {
    if (payerManagerId && payerId) payers.set(payerId, { managerId: payerManagerId, payerId });
    if (roleManagerId && role) roles.set(roleManagerId, { managerId: roleManagerId, role });
  }
  return {
    accountId: session.accountId,
    sessionId: session.id,
    payers: [...payers.values()],
    roles: [...roles.values()],
    hasSecondFactor: session.secondFactorAt !== null,
  };
}

export interface AuthenticateOptions {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly idleDays: number;
}

/**
 * Whether a session still lets its client in. One that was used in the future comes from before the clock was set back;
 * it would outlive both of its terms by as much.
 */
export function isAlive(session: Pick<Session, 'lastUsedAt' | 'expiresAt'>, now: Date, idleDays: number): boolean {
  const idle = now.getTime() - fromInstant(session.lastUsedAt).getTime();
  return now < fromInstant(session.expiresAt) && idle < idleDays * days && idle > -clockSlack;
}

/** Why a token is no good: another session has taken the place of its own, or there is nothing more to say. */
async function whyNot(db: Knex, tokenHash: string): Promise<ApiError> {
  const displaced = await DisplacedSession.query(db).findById(tokenHash);
  if (!displaced) return new ApiError('not_signed_in');
  const { device, displacedAt } = displaced;
  return new ApiError('session_displaced', { session: { device, since: toIso(displacedAt) } });
}

/**
 * Who holds this token, with one query; once a minute a second one notes that the session is in use.
 * @param isUse whether the request keeps the session from ending for want of use
 * @throws session_displaced; not_signed_in when nobody does, or the session is too old or was left idle too long
 */
export async function authenticate(
  token: string | undefined,
  isUse: boolean,
  { db, clock, idleDays }: AuthenticateOptions,
): Promise<Actor> {
  if (!token) throw new ApiError('not_signed_in');
  const tokenHash = hashToken(token);
  const rows = await findRows(db, tokenHash);
  const session = rows[0];
  if (!session) throw await whyNot(db, tokenHash);
  const now = clock();
  if (!isAlive(session, now, idleDays)) throw new ApiError('not_signed_in');
  if (isUse && now.getTime() - fromInstant(session.lastUsedAt).getTime() > minutes) {
    await Session.query(db)
      .findById(session.id)
      .patch({ lastUsedAt: toInstant(now) });
  }
  return toActor(session, rows);
}

/** The token of `Authorization: Bearer ...`. */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\w-]{20,100})$/i.exec(header ?? '')?.[1];
