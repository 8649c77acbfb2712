import type { Knex } from 'knex';
import { days, later, toInstant } from '../db/time.ts';
import { Mail } from '../models/mail.ts';

/** So long the office can have a mail that failed sent again. */
const textsOfFailed = 30 * days;
/** So long the office can see that there was a mail. Its address is personal data, and what was done is in the audit trail. */
const rows = 90 * days;

const rowsAtOnce = 1000;

/** The rows are few at a time, so that nobody waits for them. */
async function deleteOld(db: Knex, state: 'sent' | 'failed', before: string): Promise<void> {
  for (;;) {
    const old = await Mail.query(db)
      .select('id')
      .where('state', state)
      .where('created_at', '<', before)
      .limit(rowsAtOnce);
    if (old.length === 0) return;
    await Mail.query(db)
      .delete()
      .whereIn('id', old.map(({ id }) => id)); // prettier-ignore
  }
}

/** Erases the texts of what failed long ago, and in the end the rows. What waits is never touched. */
export async function forgetOldMails(db: Knex, now: Date): Promise<void> {
  await Mail.query(db)
    .where('state', 'failed')
    .where('created_at', '<', toInstant(later(now, -textsOfFailed)))
    .whereNot('text', '')
    .patch({ text: '', html: null });
  for (const state of ['sent', 'failed'] as const) await deleteOld(db, state, toInstant(later(now, -rows)));
}
