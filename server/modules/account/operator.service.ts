import type { Knex } from 'knex';
import type { AuditAction } from '../../../contract/audit-actions.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { secondFactorMail } from '../../mail/templates/second-factor.ts';
import { Account } from '../../models/account.ts';
import { RecoveryCode } from '../../models/recovery-code.ts';
import { SecondFactor } from '../../models/second-factor.ts';
import type { Services } from '../../services.ts';
import { endSessions, lockAccount } from '../session/sessions.ts';
import { personOf } from './person.ts';

/** What the operator does to an account; false: there was nothing to do. */
type Deed = (trx: Knex, account: Account) => Promise<boolean>;

export type Outcome = 'done' | 'nothing_to_do' | 'no_such_account';

/** Does it under the account's lock, so that no sign-in gets in between, and writes it down. */
async function operate(
  { db, audit }: Pick<Services, 'db' | 'audit'>,
  email: string,
  action: AuditAction,
  deed: Deed,
): Promise<Outcome> {
  return transaction(db, async (trx) => {
    const found = await Account.query(trx).findOne({ email }).select('id');
    const account = found && (await lockAccount(trx, found.id));
    if (!account) return 'no_such_account';
    if (!(await deed(trx, account))) return 'nothing_to_do';
    await audit.record(trx, { action, subject: { kind: 'account', id: account.id }, details: { by: 'operator' } });
    return 'done';
  });
}

/** Closes an account: its session ends at once, and nobody signs in with it until it is opened again. */
export const disableAccount = (services: Pick<Services, 'db' | 'audit' | 'clock'>, email: string): Promise<Outcome> =>
  operate(services, email, 'account.disabled', async (trx, { id, disabledAt }) => {
    if (disabledAt !== null) return false;
    await endSessions(trx, id);
    await Account.query(trx)
      .findById(id)
      .patch({ disabledAt: toInstant(services.clock()) });
    return true;
  });

export const enableAccount = (services: Pick<Services, 'db' | 'audit'>, email: string): Promise<Outcome> =>
  operate(services, email, 'account.enabled', async (trx, { id, disabledAt }) => {
    if (disabledAt === null) return false;
    await Account.query(trx).findById(id).patch({ disabledAt: null });
    return true;
  });

/** For who has lost both the phone and the recovery codes, once the operator has made sure who asks. */
export const turnSecondFactorOff = (
  services: Pick<Services, 'db' | 'audit' | 'clock' | 'outbox'>,
  email: string,
): Promise<Outcome> =>
  operate(services, email, 'second_factor.disabled', async (trx, account) => {
    const removed = await SecondFactor.query(trx).deleteById(account.id);
    if (removed === 0) return false;
    await RecoveryCode.query(trx).delete().where('account_id', account.id);
    await services.outbox.add(trx, secondFactorMail({ person: personOf(account), isOn: false, at: services.clock() }));
    return true;
  });
