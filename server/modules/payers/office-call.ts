import type { Knex } from 'knex';
import { staffManager, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Payer } from '../../models/payer.ts';
import { findPayerRow, type PayerKey } from './payer-account.queries.ts';

/** What the office's calls about one payer have in common. */
export interface OfficeCall {
  readonly params: { readonly id: string };
  readonly query: { readonly managerId?: string | undefined };
  readonly actor: Actor;
}

/** The payer that a member of the staff names, among those of the own manager. */
export const keyOf = ({ params, query, actor }: OfficeCall, role: 'clerk' | 'admin' = 'clerk'): PayerKey => ({
  managerId: staffManager(actor, query.managerId, role),
  payerId: params.id,
});

/** @throws not_found when the manager has no such payer */
export async function assertPayer(db: Knex, key: PayerKey): Promise<Payer> {
  const payer = await findPayerRow(db, key);
  if (!payer) throw new ApiError('not_found');
  return payer;
}
