import type { Knex } from 'knex';
import type { PayerFilter as ContractFilter } from '../../../contract/payers.ts';
import { planOf } from '../../db/plan.ts';
import { accessIs, hasAccount } from './payer-access.ts';
import { wordsLike } from './search-text.ts';

export interface PayerFilter extends ContractFilter {
  readonly managerId: string;
}

/** Each word must be found somewhere in what is searched of the payer, or in its units. */
function searched(query: Knex.QueryBuilder, search: string): void {
  const found = `(p.search like ? escape '!' or p.unit_search like ? escape '!')`;
  for (const word of wordsLike(search)) void query.whereRaw(found, [word, word]);
}

const unitsIn = 'p.id in (select x.payer_id from payer_units x where x.manager_id = ? and x.building_id = ?)';

/** From the few accounts to the manager, once (`distinct`): not through all accounts of the manager, nor anew for each payer. */
const holdersUnconfirmed = ({ join, by }: ReturnType<typeof planOf>): string => `p.id in (
  select h.payer_id from (select distinct a.payer_id
    from accounts c ${by('accounts_confirmed_ix')}
      ${join} payer_accounts a ${by('payer_accounts_account_ix')} on a.account_id = c.id
    where c.email_confirmed_at is null and a.manager_id = ?) h)`;

/**
 * The payers `p` that fit. Indexes lead to those of a building, of a channel and with an unconfirmed address; who has an
 * account, or how a payer stands, is looked up for one payer after the other by index, as most payers are on either
 * side; and a search reads all payers of the manager, since what is looked for may stand anywhere in the text.
 */
export function filtered(
  db: Knex,
  { managerId, search, access, channel, buildingId, hasAccount: has, emailUnconfirmed }: PayerFilter,
  now: string,
  table: Knex.Raw | string = 'payers as p',
): Knex.QueryBuilder {
  const query = db.from(table as string).where('p.manager_id', managerId);
  searched(query, search ?? '');
  if (channel !== undefined) void query.where('p.channel', channel);
  if (access !== undefined) void query.whereRaw(accessIs(db)[access], { now });
  if (buildingId !== undefined) void query.whereRaw(unitsIn, [managerId, buildingId]);
  if (has !== undefined) void query.whereRaw(has === 'true' ? hasAccount : `not ${hasAccount}`);
  if (emailUnconfirmed !== undefined) void query.whereRaw(holdersUnconfirmed(planOf(db)), [managerId]);
  return query;
}

/** Whether all payers of the manager fit. */
export const isEmpty = ({
  search,
  access,
  channel,
  buildingId,
  hasAccount: has,
  emailUnconfirmed,
}: PayerFilter): boolean =>
  wordsLike(search ?? '').length === 0 &&
  [access, channel, buildingId, has, emailUnconfirmed].every((condition) => condition === undefined);
