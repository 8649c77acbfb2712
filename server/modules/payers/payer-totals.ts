import type { Knex } from 'knex';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import type { PayerFilter } from './payer-filter.ts';
import { wordsLike } from './search-text.ts';

async function count(db: Knex, sql: string, values: readonly string[]): Promise<number> {
  const [row] = await selectRows<{ total: number }>(db, `select count(*) as total ${sql}`, values);
  return row?.total ?? 0;
}

const allOf = (db: Knex, managerId: string): Promise<number> =>
  count(db, 'from payers where manager_id = ?', [managerId]);

const registered = (db: Knex, managerId: string): Promise<number> =>
  count(db, 'from payer_accounts where manager_id = ?', [managerId]);

function unconfirmed(db: Knex, managerId: string): Promise<number> {
  const { join, by } = planOf(db);
  const sql = `from accounts c ${by('accounts_confirmed_ix')}
      ${join} payer_accounts a ${by('payer_accounts_account_ix')} on a.account_id = c.id
    where c.email_confirmed_at is null and a.manager_id = ?`;
  return count(db, sql, [managerId]);
}

/** Payers without an account who have a slip password that nobody has used or voided, and that is good until then. */
async function withPassword(db: Knex, managerId: string, until: string): Promise<number> {
  const { inOrder, byKey, by } = planOf(db);
  const sql = `select ${inOrder} count(distinct w.payer_id) as total from slip_passwords w ${by('slip_passwords_standing_ix')}
      left join payer_accounts a ${byKey} on a.manager_id = w.manager_id and a.payer_id = w.payer_id
    where w.manager_id = ? and w.revoked_at is null and w.used_at is null and w.expires_at > ? and a.payer_id is null`;
  const [row] = await selectRows<{ total: number }>(db, sql, [managerId, until]);
  return row?.total ?? 0;
}

const firstMoment = '1000-01-01 00:00:00.000';

const byAccess: Readonly<
  Record<NonNullable<PayerFilter['access']>, (db: Knex, managerId: string, now: string) => Promise<number>>
> = {
  registered,
  issued: withPassword,
  expired: async (db, managerId, now) =>
    (await withPassword(db, managerId, firstMoment)) - (await withPassword(db, managerId, now)),
  none: async (db, managerId) =>
    (await allOf(db, managerId)) - (await registered(db, managerId)) - (await withPassword(db, managerId, firstMoment)),
};

/**
 * How many payers fit a filter of one condition that is about others' rows: counted there, where they are fewer, and not
 * by looking from each of the payers. Undefined for any other filter.
 */
export async function totalOf(db: Knex, filter: PayerFilter, now: string): Promise<number | undefined> {
  const { managerId, search, access, channel, buildingId, hasAccount, emailUnconfirmed } = filter;
  const given = [access, channel, buildingId, hasAccount, emailUnconfirmed].filter((one) => one !== undefined);
  if (given.length !== 1 || wordsLike(search ?? '').length > 0) return undefined;
  if (access !== undefined) return byAccess[access](db, managerId, now);
  if (emailUnconfirmed !== undefined) return unconfirmed(db, managerId);
  if (hasAccount === undefined) return undefined;
  const withAccount = await registered(db, managerId);
  return hasAccount === 'true' ? withAccount : (await allOf(db, managerId)) - withAccount;
}
