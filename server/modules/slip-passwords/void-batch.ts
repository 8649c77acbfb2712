import type { Knex } from 'knex';
import type { Who } from '../../audit/who.ts';
import { breathe } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { later, minutes, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { SlipPasswordBatch } from '../../models/slip-password-batch.ts';
import type { Services } from '../../services.ts';

type VoidServices = Pick<Services, 'audit' | 'db' | 'clock'>;

export interface BatchKey {
  readonly managerId: string;
  readonly batchId: string;
}

const open = (db: Knex, { managerId, batchId }: BatchKey) =>
  db('slip_passwords').where({ manager_id: managerId, batch_id: batchId }).whereNull('used_at').whereNull('revoked_at');

/** @returns how many were open until now, of so many at the most */
async function revokeSome(db: Knex, key: BatchKey, now: string, most: number): Promise<number> {
  const found: { id: string }[] = await open(db, key).limit(most).select('id');
  if (found.length === 0) return 0;
  return open(db, key).whereIn('id', found.map(({ id }) => id)).update({ revoked_at: now }); // prettier-ignore
}

/**
 * Voids all of a batch that nobody has used. Some at a time, so that nobody waits for it; when it breaks off it can be
 * done again, since the batch says so only at the end, together with the last ones.
 */
export async function voidBatch(
  { audit, db, clock }: VoidServices,
  key: BatchKey,
  end: { readonly state: 'broken' | 'revoked'; readonly who: Who },
): Promise<void> {
  const now = toInstant(clock());
  const together = isMysql(db) ? 1_000 : 250;
  let count = 0;
  for (let revoked = together; revoked === together; await breathe()) {
    revoked = await revokeSome(db, key, now, together);
    count += revoked;
  }
  await transaction(db, async (trx) => {
    const batch = await SlipPasswordBatch.query(trx).findById([key.managerId, key.batchId]).forUpdate();
    const isOver = batch === undefined || batch.state === end.state || batch.state === 'revoked';
    // What was issued by a running batch while the others were revoked. From here on it issues no more.
    const last = await revokeSome(trx, key, now, Number.MAX_SAFE_INTEGER);
    if (isOver && count + last === 0) return;
    await SlipPasswordBatch.query(trx).findById([key.managerId, key.batchId]).patch({ state: end.state });
    await audit.record(trx, {
      ...{ action: 'slip_passwords.revoked', managerId: key.managerId, ...end.who },
      ...{ subject: { kind: 'batch', id: key.batchId }, details: { count: count + last, state: end.state } },
    });
  });
}

/** @throws not_found: also for another manager's */
export async function revokeBatch(services: VoidServices, key: BatchKey, who: Who): Promise<void> {
  const batch = await SlipPasswordBatch.query(services.db).findById([key.managerId, key.batchId]);
  if (!batch) throw new ApiError('not_found');
  await voidBatch(services, key, { state: 'revoked', who });
}

/** A file of which nothing was taken for so long is not taken any more, or its process is gone. */
const staleMs = 10 * minutes;

/** Voids what died with its process: nobody has those passwords. */
export async function sweepBatches(services: VoidServices, managerId: string): Promise<void> {
  const { db, clock } = services;
  const dead = await SlipPasswordBatch.query(db)
    .where({ manager_id: managerId, state: 'issuing' })
    .where('touched_at', '<', toInstant(later(clock(), -staleMs)));
  for (const { id } of dead) {
    const who = { actorId: null, address: null };
    await voidBatch(services, { managerId, batchId: id }, { state: 'broken', who });
  }
}
