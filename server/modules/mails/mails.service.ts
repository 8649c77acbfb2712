import type { Knex } from 'knex';
import type { MailFilter } from '../../../contract/mails.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { staffManagers, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { Mail } from '../../models/mail.ts';
import { Payer } from '../../models/payer.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';
import { narrow } from './mails.queries.ts';

interface Call extends Caller {
  readonly actor: Actor;
}

/** Where a slip goes now: the address that it failed at may have been corrected since. */
async function addressOf(trx: Knex, { managerId, slipId, toAddress }: Mail): Promise<string> {
  if (managerId === null || slipId === null) return toAddress;
  const slip = await Slip.query(trx).findById([managerId, slipId]);
  const payer = slip && (await Payer.query(trx).findById([managerId, slip.payerId]));
  return payer?.email ?? toAddress;
}

/**
 * Has a mail that was given up sent again, with the same message id, as if it were new. Of two who ask at once, one
 * finds it waiting.
 * @throws not_found, mail_state
 */
export async function retryMail({ db, clock, audit }: Services, call: Call, id: string): Promise<Mail> {
  const now = toInstant(clock());
  return transaction(db, async (trx) => {
    const mail = await Mail.query(trx).whereIn('manager_id', staffManagers(call.actor, 'clerk')).findOne({ id });
    if (!mail) throw new ApiError('not_found');
    const toAddress = await addressOf(trx, mail);
    const again = { toAddress, state: 'waiting', failedAt: null, nextTryAt: now, retriedAt: now, tries: 0 } as const;
    const changed = await Mail.query(trx).findById(id).where('state', 'failed').whereNot('text', '').patch(again);
    if (changed === 0) throw new ApiError('mail_state');
    const { kind, managerId } = mail;
    const subject = { kind: 'mail', id };
    await audit.record(trx, { action: 'mail.retried', managerId, ...whoOf(call), subject, details: { kind } });
    return mail.$set(again);
  });
}

const mailsAtOnce = 1_000;

/** The next few mails that fit and can be sent again; not those that were tried again and have failed since. */
async function someFailed(trx: Knex, managerId: string, filter: MailFilter, before: string): Promise<string[]> {
  const query = Mail.query(trx)
    .where({ manager_id: managerId, state: 'failed' })
    .whereNot('text', '')
    .where((given) => void given.whereNull('failed_at').orWhere('failed_at', '<=', before))
    .select('id')
    .limit(mailsAtOnce);
  narrow(query, filter);
  return (await query.forUpdate()).map(({ id }) => id);
}

/** Slips go to where the payer wants them now. */
const addressOfNow = `coalesce((
  select p.email from slips s join payers p on p.manager_id = s.manager_id and p.id = s.payer_id
  where s.manager_id = mails.manager_id and s.id = mails.slip_id), mails.to_address)`;

/**
 * Has all mails that fit and were given up sent again, a thousand in a transaction that also writes it down: there may
 * be a hundred thousand of them after a night without a mail server.
 * @returns how many
 */
export async function retryMails(
  { db, clock, audit }: Pick<Services, 'audit' | 'clock' | 'db'>,
  call: Caller,
  managerId: string,
  filter: MailFilter,
): Promise<number> {
  const now = toInstant(clock());
  let retried = 0;
  for (;;) {
    const count = await transaction(db, async (trx) => {
      const ids = await someFailed(trx, managerId, filter, now);
      if (ids.length === 0) return 0;
      await trx('mails')
        .whereIn('id', ids)
        .update({ to_address: trx.raw(addressOfNow), state: 'waiting', failed_at: null, next_try_at: now })
        .update({ retried_at: now, tries: 0 });
      await audit.record(trx, { action: 'mails.retried', managerId, ...whoOf(call), details: { count: ids.length } });
      return ids.length;
    });
    retried += count;
    if (count === 0) return retried;
  }
}
