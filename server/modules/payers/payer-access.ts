import type { Knex } from 'knex';
import type { PayerAccess } from '../../../contract/payers.ts';
import { planOf } from '../../db/plan.ts';

/** Conditions on a row `p` of payers; `:now` is the moment. */
export const hasAccount =
  'exists (select 1 from payer_accounts a where a.manager_id = p.manager_id and a.payer_id = p.id)';

const openPassword = (db: Knex, condition = ''): string => `exists (
  select 1 from slip_passwords w ${planOf(db).by('slip_passwords_standing_ix')}
  where w.manager_id = p.manager_id and w.payer_id = p.id and w.revoked_at is null and w.used_at is null ${condition})`;

const isValid = (db: Knex): string => openPassword(db, 'and w.expires_at > :now');

/**
 * How a payer stands with the portal, as a condition for each way. A slip password that was used and whose account is
 * gone opens nothing: none.
 */
export const accessIs = (db: Knex): Readonly<Record<PayerAccess, string>> => ({
  registered: hasAccount,
  issued: `not ${hasAccount} and ${isValid(db)}`,
  expired: `not ${hasAccount} and ${openPassword(db)} and not ${isValid(db)}`,
  none: `not ${hasAccount} and not ${openPassword(db)}`,
});

/** The same as a value. */
export const accessSql = (db: Knex): string => `case when ${hasAccount} then 'registered'
  when ${isValid(db)} then 'issued' when ${openPassword(db)} then 'expired' else 'none' end`;
