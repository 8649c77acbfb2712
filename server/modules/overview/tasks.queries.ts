import type { Knex } from 'knex';
import { days, later, toInstant } from '../../db/time.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import { Import } from '../../models/import.ts';
import { Invitation } from '../../models/invitation.ts';
import { Mail } from '../../models/mail.ts';
import { SlipPasswordBatch } from '../../models/slip-password-batch.ts';
import { StaffRole } from '../../models/staff-role.ts';
import { shownStates } from '../runs/runs.queries.ts';

const mailDays = 30;
const expiryDays = 14;

/** Slip passwords that are good and soon will not be: by their batches, which are few. */
async function countExpiring(db: Knex, managerId: string, now: Date): Promise<number> {
  const batches = await SlipPasswordBatch.query(db)
    .where('manager_id', managerId)
    .whereBetween('expires_at', [toInstant(now), toInstant(later(now, expiryDays * days))])
    .select('id');
  const [counted]: { good: number }[] = await db('slip_passwords')
    .where('manager_id', managerId)
    .whereIn(
      'batch_id',
      batches.map(({ id }) => id),
    ) // prettier-ignore
    .whereNull('used_at')
    .whereNull('revoked_at')
    .count('* as good');
  return counted?.good ?? 0;
}

async function importsOf(db: Knex, managerId: string) {
  const waiting = await Import.query(db)
    .where('manager_id', managerId)
    .whereIn('state', ['checked', 'draft'])
    .select('id', 'state');
  const newest = await Import.query(db)
    .where('manager_id', managerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .first()
    .select('id', 'file_name', 'state');
  const checkedImports = waiting.filter(({ state }) => state === 'checked').length;
  const isFailed = newest?.state === 'refused' || newest?.state === 'failed';
  return {
    checkedImports,
    drafts: waiting.length - checkedImports,
    waitingImport: waiting.length === 1 ? waiting[0]!.id : null,
    failedImport: isFailed
      ? { id: newest.id, fileName: newest.fileName, state: newest.state as 'refused' | 'failed' }
      : null,
  };
}

const isThere = async (query: PromiseLike<unknown>): Promise<boolean> => (await query) !== undefined;

/** What a new manager's office has already done. */
async function startOf(db: Knex, managerId: string) {
  const runs = () => BillingRun.query(db).where('manager_id', managerId).select('id').first();
  const [hasSlips, hasPublished, hasSlipPasswords, staff, isInvited] = await Promise.all([
    isThere(runs().whereIn('state', shownStates)),
    isThere(runs().where('state', 'published')),
    isThere(SlipPasswordBatch.query(db).where('manager_id', managerId).select('id').first()),
    StaffRole.query(db).where('manager_id', managerId).limit(2),
    isThere(Invitation.query(db).where('manager_id', managerId).select('id').first()),
  ]);
  return { hasSlips, hasPublished, hasSlipPasswords, hasColleagues: staff.length > 1 || isInvited };
}

/** What waits for the office of a manager. Each is counted from an index, over few rows. */
export async function tasksOf(db: Knex, managerId: string, now: Date) {
  const [eInvoiceRequests, failedMails, imports, expiringSlipPasswords, start] = await Promise.all([
    EInvoiceRequest.query(db).where({ manager_id: managerId, is_open: 1 }).resultSize(),
    Mail.query(db)
      .where({ manager_id: managerId, state: 'failed' })
      .where('created_at', '>', toInstant(later(now, -mailDays * days)))
      .resultSize(),
    importsOf(db, managerId),
    countExpiring(db, managerId, now),
    startOf(db, managerId),
  ]);
  return { eInvoiceRequests, failedMails, ...imports, expiringSlipPasswords, start };
}
