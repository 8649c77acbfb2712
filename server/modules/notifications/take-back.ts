import type { Knex } from 'knex';
import type { QueryBuilder } from 'objection';
import { later, toInstant } from '../../db/time.ts';
import { claimTime } from '../../mail/claims.ts';
import { Mail } from '../../models/mail.ts';
import { SlipMailing } from '../../models/slip-mailing.ts';
import type { Publication } from './publication.ts';

/** Narrows to the mails that have not left. What a process may be sending at this moment counts as sent. */
function unsent(query: QueryBuilder<Mail, unknown>, now: Date): void {
  void query.where('state', 'failed').orWhere((waiting) => {
    void waiting.where('state', 'waiting').where((idle) => {
      void idle
        .where('tries', 0)
        .orWhere('next_try_at', '<=', toInstant(now))
        .orWhere('next_try_at', '>', toInstant(later(now, claimTime)));
    });
  });
}

/**
 * Takes back the mails of a publication that have not left, written or not, in the transaction that takes back what
 * they are about.
 * @returns how many
 */
export async function takeBackMails(
  trx: Knex,
  { managerId, importId }: Omit<Publication, 'publishedAt'>,
  now: Date,
): Promise<number> {
  // First those who write mails: whoever is at it is waited for, and finds nothing to go on with.
  await SlipMailing.query(trx).where({ manager_id: managerId, import_id: importId }).delete();
  return Mail.query(trx)
    .where({ manager_id: managerId, import_id: importId })
    .where((query) => unsent(query, now))
    .delete();
}

/** The mails with slips of an import that have left, or may be leaving at this moment. */
export const leftMails = (db: Knex, managerId: string, importId: string, now: Date): QueryBuilder<Mail, Mail[]> =>
  Mail.query(db)
    .where({ manager_id: managerId, import_id: importId, kind: 'slip-pdf' })
    .whereNot((query) => unsent(query, now));

/** Of the mails with slips that would be taken back, those that were tried: a server's yes may have been lost. */
export const countTriedMails = (db: Knex, managerId: string, importId: string, now: Date): Promise<number> =>
  Mail.query(db)
    .where({ manager_id: managerId, import_id: importId, kind: 'slip-pdf' })
    .where((query) => unsent(query, now))
    .where((tried) => void tried.where('tries', '>', 0).orWhereNotNull('retried_at'))
    .resultSize();
