import type { Knex } from 'knex';
import { maxApiKeys, type createApiKey } from '../../../contract/api-keys.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { StaffRole } from '../../../contract/session.ts';
import { isMysql } from '../../db/connect.ts';
import { newId } from '../../db/id.ts';
import { days, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { hashToken } from '../../http/authenticate.ts';
import { beginningOf, newProgramKey } from '../../http/programs.ts';
import { apiKeyCreatedMail } from '../../mail/templates/api-key-created.ts';
import { ApiKey } from '../../models/api-key.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { findAdmins } from '../staff/staff.queries.ts';

/** A key with who made it. */
export interface ApiKeyRow extends ApiKey {
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** What the person is at the manager now; null: nothing any more. */
  readonly creatorRole: StaffRole | null;
}

const withCreator = (db: Knex, managerId: string) =>
  ApiKey.query(db)
    .alias('k')
    .leftJoin('accounts as a', 'a.id', 'k.created_by')
    .leftJoin('staff_roles as r', (on) => on.on('r.manager_id', 'k.manager_id').andOn('r.account_id', 'k.created_by'))
    .where('k.manager_id', managerId)
    .select('k.*', 'a.first_name', 'a.last_name', 'r.role as creator_role');

/** Newest first. Of those that ended, retention leaves a year. */
export const findKeys = async (db: Knex, managerId: string): Promise<ApiKeyRow[]> =>
  // Objection types a row as its model; ApiKeyRow is what the select names.
  (await withCreator(db, managerId).orderBy('k.created_at', 'desc').orderBy('k.id')) as ApiKeyRow[];

/** @throws not_found */
export async function findKey(db: Knex, managerId: string, id: string): Promise<ApiKeyRow> {
  const row = (await withCreator(db, managerId).findOne({ 'k.id': id })) as ApiKeyRow | undefined;
  if (!row) throw new ApiError('not_found');
  return row;
}

/** Of two admins who make the last key at the same moment, the second one sees the first one's. @throws api_keys_full */
async function assertRoom(trx: Knex, managerId: string, now: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
  const live = ApiKey.query(trx).where({ manager_id: managerId }).whereNull('revoked_at').where('expires_at', '>', now);
  if ((await live.resultSize()) >= maxApiKeys) throw new ApiError('api_keys_full');
}

/**
 * Makes a key, tells all admins, and answers with it: it stands nowhere else.
 * @throws api_keys_full
 */
export async function createKey(
  { db, clock, outbox, audit }: Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>,
  asker: Asker,
  managerId: string,
  { name, scopes, days: lifetime }: Pick<BodyOf<typeof createApiKey>, 'name' | 'scopes' | 'days'>,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const key = newProgramKey();
  const now = clock();
  const expiresAt = later(now, lifetime * days);
  await transaction(db, async (trx) => {
    await assertRoom(trx, managerId, toInstant(now));
    await ApiKey.query(trx).insert({
      ...{ managerId, id, name, beginning: beginningOf(key), keyHash: hashToken(key), scopes: scopes.join(' ') },
      ...{ createdBy: asker.actorId, createdAt: toInstant(now), expiresAt: toInstant(expiresAt) },
    });
    const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
    for (const { id: accountId, ...person } of await findAdmins(trx, managerId)) {
      await outbox.add(
        trx,
        apiKeyCreatedMail({ person: { accountId, ...person }, manager, name, scopes, expiresAt, at: now }),
      );
    }
    const subject = { kind: 'api_key', id };
    const details = { apiKey: name, scopes: scopes.join(' '), days: lifetime };
    await audit.record(trx, { action: 'api_key.created', managerId, ...asker, subject, details });
  });
  return { id, key };
}

/** The key opens nothing from now on; one that was revoked before stays as it was. @throws not_found */
export async function revokeKey(
  { db, clock, audit }: Pick<Services, 'db' | 'clock' | 'audit'>,
  asker: Asker,
  managerId: string,
  id: string,
): Promise<void> {
  await transaction(db, async (trx) => {
    const { name } = await findKey(trx, managerId, id);
    const revoked = await ApiKey.query(trx)
      .where({ manager_id: managerId, id })
      .whereNull('revoked_at')
      .patch({ revokedAt: toInstant(clock()) });
    if (revoked === 0) return;
    const subject = { kind: 'api_key', id };
    await audit.record(trx, { action: 'api_key.revoked', managerId, ...asker, subject, details: { apiKey: name } });
  });
}
