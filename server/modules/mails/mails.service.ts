import type { Knex } from 'knex';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { staffManagers, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { Mail } from '../../models/mail.ts';
import { Payer } from '../../models/payer.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';

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
