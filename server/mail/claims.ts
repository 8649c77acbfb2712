import type { Knex } from 'knex';
import { isMysql } from '../db/connect.ts';
import { clockSlack, later, minutes, toInstant } from '../db/time.ts';
import { transaction } from '../db/transaction.ts';
import { Mail } from '../models/mail.ts';
import { Slip } from '../models/slip.ts';
import { longestWait } from './failures.ts';

/**
 * How long a mail belongs to the process that took it: longer than any try lasts. A mail whose process died is due
 * again after it.
 */
export const claimTime = 5 * minutes;

/** The mail that has waited longest, of those that are due, and of those that would be due later than any can be. */
const due = (db: Knex, now: Date) =>
  Mail.query(db)
    .where('state', 'waiting')
    .where((either) => {
      void either
        .where('next_try_at', '<=', toInstant(now))
        .orWhere('next_try_at', '>', toInstant(later(now, longestWait + clockSlack)));
    })
    .orderBy('next_try_at')
    .limit(1);

const claimed = (now: Date) => ({ nextTryAt: toInstant(later(now, claimTime)) });

/** Servers of databases: a row that another process is taking at this moment is passed over, nobody waits for anybody. */
const claimLocked = (db: Knex, now: Date): Promise<Mail | undefined> =>
  transaction(db, async (trx) => {
    const mail = await due(trx, now).forUpdate().skipLocked().first();
    if (!mail) return undefined;
    const claim = { ...claimed(now), tries: mail.tries + 1 };
    await Mail.query(trx).findById(mail.id).patch(claim);
    return mail.$set(claim);
  });

/** The embedded database: one statement, which no other comes between. */
async function claimAtOnce(db: Knex, now: Date): Promise<Mail | undefined> {
  const [mail] = await Mail.query(db)
    .patch({ ...claimed(now), tries: db.raw('tries + 1') })
    .whereIn('id', due(db, now).select('id'))
    .returning('*');
  return mail;
}

/**
 * Takes the next mail that is due, for the one who asks and nobody else. One at a time: a mail that waits behind a
 * slow one could outlive its claim, and be sent by two.
 */
export const claimNext = (db: Knex, now: Date): Promise<Mail | undefined> =>
  isMysql(db) ? claimLocked(db, now) : claimAtOnce(db, now);

/** The mail, as long as it is still in the hands of who claimed it. */
const held = (db: Knex, { id, nextTryAt }: Mail) =>
  Mail.query(db).findById(id).where('state', 'waiting').where('next_try_at', nextTryAt);

/** What is out cannot be taken back, also when the mail itself has been forgotten. */
async function noteMailed(trx: Knex, { managerId, slipId }: Mail, sentAt: string): Promise<void> {
  if (managerId === null || slipId === null) return;
  await Slip.query(trx).findById([managerId, slipId]).whereNull('mailed_at').patch({ mailedAt: sentAt });
}

/**
 * Notes that a mail was sent, whoever holds it by now. Its text is erased: it may hold a code that is still good, and
 * nobody needs it a second time. Of the last mail to a person whose account is deleted not even the address stays.
 */
export async function noteSent(db: Knex, mail: Mail, now: Date): Promise<void> {
  const sentAt = toInstant(now);
  await transaction(db, async (trx) => {
    const row = Mail.query(trx).findById(mail.id);
    if (mail.kind === 'account-deleted') await row.delete();
    else await row.patch({ state: 'sent', sentAt, failedAt: null, lastError: null, text: '', html: null });
    await noteMailed(trx, mail, sentAt);
  });
}

/** Puts a mail back, due again at the moment named. */
export async function putBack(db: Knex, mail: Mail, nextTry: Date, lastError: string): Promise<void> {
  await held(db, mail).patch({ nextTryAt: toInstant(nextTry), lastError });
}

/** Gives a mail up. */
export async function giveUp(db: Knex, mail: Mail, now: Date, lastError: string): Promise<void> {
  await held(db, mail).patch({ state: 'failed', failedAt: toInstant(now), lastError });
}
