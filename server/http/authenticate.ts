import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { StaffRole } from '../../contract/session.ts';
import { days, fromInstant, minutes, toInstant } from '../db/time.ts';
import { Session } from '../models/session.ts';
import type { Actor } from './actor.ts';
import { ApiError } from './api-error.ts';

/** 256 random bits. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

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

/**
 * Session, payers, roles and second factor in one query: a row for each pair of payer and role, which are few. Objection types a row
 * as its model; Row is what the select names.
 */
const findRows = (db: Knex, tokenHash: string): Promise<Row[]> =>
  Session.query(db)
    .alias('s')
    .leftJoin('payer_accounts as p', 'p.account_id', 's.account_id')
    .leftJoin('staff_roles as r', 'r.account_id', 's.account_id')
    .leftJoin('second_factors as f', 'f.account_id', 's.account_id')
    .where('s.token_hash', tokenHash)
    .select('s.id', 's.account_id', 's.last_used_at', 's.expires_at', 'p.payer_id', 'r.role')
    .select({ payer_manager_id: 'p.manager_id', role_manager_id: 'r.manager_id', second_factor_at: 'f.confirmed_at' })
    .then((rows) => rows as unknown as Row[]);

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
 * Who holds this token, with one query; once a minute a second one notes that the session is in use.
 * @throws not_signed_in when nobody does, or the session is too old or was left idle too long
 */
export async function authenticate(token: string | undefined, options: AuthenticateOptions): Promise<Actor> {
  if (!token) throw new ApiError('not_signed_in');
  const rows = await findRows(options.db, hashToken(token));
  const session = rows[0];
  const now = options.clock();
  if (!session || !isAlive(session, now, options.idleDays)) throw new ApiError('not_signed_in');
  if (now.getTime() - fromInstant(session.lastUsedAt).getTime() > minutes) {
    await Session.query(options.db)
      .findById(session.id)
      .patch({ lastUsedAt: toInstant(now) });
  }
  return toActor(session, rows);
}

const isAlive = (session: Row, now: Date, idleDays: number): boolean =>
  now < fromInstant(session.expiresAt) && now.getTime() - fromInstant(session.lastUsedAt).getTime() < idleDays * days;

/** The token of `Authorization: Bearer ...`. */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\w-]{20,100})$/i.exec(header ?? '')?.[1];
