import type { Knex } from 'knex';
import type { Session as SessionView } from '../../../contract/session.ts';
import { toInstant } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { AccountCode } from '../../models/account-code.ts';
import { Account } from '../../models/account.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import { SecondFactor } from '../../models/second-factor.ts';
import { Session } from '../../models/session.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import { presentSession, type SessionFacts } from './session.presenter.ts';

/** Objection types a row as its model; what is selected here is the contract's shape, which the response parse checks. */
const payersOf = (db: Knex, accountId: string): Promise<SessionView['payers']> =>
  PayerAccount.query(db)
    .alias('link')
    .join('payers as p', (join) => join.on('p.manager_id', 'link.manager_id').andOn('p.id', 'link.payer_id'))
    .join('managers as m', 'm.id', 'link.manager_id')
    .where('link.account_id', accountId)
    .select('p.id', 'p.code', 'p.name', 'p.manager_id', 'm.name as managerName')
    .orderBy(['m.name', 'p.code'])
    .then((rows) => rows as unknown as SessionView['payers']);

/** The same for the roles. */
const rolesOf = (db: Knex, accountId: string): Promise<SessionView['roles']> =>
  StaffRole.query(db)
    .alias('r')
    .join('managers as m', 'm.id', 'r.manager_id')
    .where('r.account_id', accountId)
    .select('r.manager_id', 'm.name as managerName', 'r.role')
    .orderBy('m.name')
    .then((rows) => rows as unknown as SessionView['roles']);

/** The address, other than the account's own, to which a code was sent that is still good. */
async function newEmailOf(db: Knex, { id, email }: Account, now: Date): Promise<string | null> {
  const code = await AccountCode.query(db)
    .findOne({ account_id: id, purpose: 'email' })
    .whereNot('email', email)
    .where('expires_at', '>', toInstant(now));
  return code?.email ?? null;
}

async function secondFactorOf(
  { db, config }: Pick<Services, 'db' | 'config'>,
  accountId: string,
  roles: SessionView['roles'],
): Promise<SessionView['secondFactor']> {
  const factor = await SecondFactor.query(db).findById(accountId).whereNotNull('confirmed_at').select('account_id');
  const isOn = factor !== undefined;
  const isAdmin = roles.some(({ role }) => role === 'admin');
  const isCompulsory = isAdmin && config.secondFactor === 'admins';
  return { isOn, isNeeded: isCompulsory && !isOn, isCompulsory };
}

/** Who is signed in, and what is theirs; undefined when the session has just ended. */
export async function describeSession(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  accountId: string,
): Promise<SessionFacts | undefined> {
  const { db, clock } = services;
  const account = await Account.query(db).findById(accountId);
  const session = await Session.query(db).findOne({ account_id: accountId });
  if (!account || !session) return undefined;
  const payers = await payersOf(db, accountId);
  const roles = await rolesOf(db, accountId);
  const newEmail = await newEmailOf(db, account, clock());
  const secondFactor = await secondFactorOf(services, accountId, roles);
  return { account, newEmail, payers, roles, secondFactor, device: session.device, createdAt: session.createdAt };
}

/** What the account's own operations answer. @throws not_signed_in when the session has just ended */
export async function presentOwnSession(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  accountId: string,
): Promise<SessionView> {
  const facts = await describeSession(services, accountId);
  if (!facts) throw new ApiError('not_signed_in');
  return presentSession(facts);
}
