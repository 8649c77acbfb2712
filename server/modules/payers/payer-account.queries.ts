import type { Knex } from 'knex';
import { Account } from '../../models/account.ts';
import { Mail } from '../../models/mail.ts';
import { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import { findLiveSession } from '../session/sessions.ts';

/** A payer of one manager: whoever asks for it has come by the manager. */
export interface PayerKey {
  readonly managerId: string;
  readonly payerId: string;
}

export const findPayerRow = async (db: Knex, { managerId, payerId }: PayerKey): Promise<Payer | undefined> =>
  Payer.query(db).findById([managerId, payerId]);

export const findLink = async (db: Knex, { managerId, payerId }: PayerKey): Promise<PayerAccount | undefined> =>
  PayerAccount.query(db).findById([managerId, payerId]);

/** The same, so that nobody can link or unlink the payer until the transaction ends. */
export const lockLink = async (trx: Knex, { managerId, payerId }: PayerKey): Promise<PayerAccount | undefined> =>
  PayerAccount.query(trx).findById([managerId, payerId]).forUpdate();

/** The account that holds a payer. */
export interface Holder {
  readonly account: Account;
  readonly linkedAt: string;
  /** Null when the account is signed in nowhere. */
  readonly lastUsedAt: string | null;
  /** The newest mail to the account, when it was given up: the office hears of it from a person who waits for a code. */
  readonly lostMail: Mail | undefined;
}

export async function findHolder(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  key: PayerKey,
): Promise<Holder | undefined> {
  const { db } = services;
  const link = await findLink(db, key);
  const account = link && (await Account.query(db).findById(link.accountId));
  if (!account) return undefined;
  const session = await findLiveSession(db, services, account.id);
  const newest = await Mail.query(db).where('account_id', account.id).orderBy('created_at', 'desc').first();
  const lostMail = newest?.state === 'failed' ? newest : undefined;
  return { account, linkedAt: link.linkedAt, lastUsedAt: session?.lastUsedAt ?? null, lostMail };
}

/** Whether the account holds a payer or a role, at any manager. */
export async function holdsAnything(trx: Knex, accountId: string): Promise<boolean> {
  const payer = await PayerAccount.query(trx).where('account_id', accountId).limit(1);
  const role = await StaffRole.query(trx).where('account_id', accountId).limit(1);
  return payer.length + role.length > 0;
}
