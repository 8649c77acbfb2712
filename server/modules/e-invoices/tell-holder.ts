import type { Knex } from 'knex';
import { eInvoiceChangedMail } from '../../mail/templates/e-invoice-changed.ts';
import { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import type { Payer } from '../../models/payer.ts';
import type { Services } from '../../services.ts';
import { personOf } from '../account/person.ts';
import { findLink } from '../payers/payer-account.queries.ts';
import type { ChoiceColumns } from './channel-choice.ts';

/** Who holds the payer learns where the bills go from now on: it may not have been this person who asked for it. */
export async function tellHolder(
  trx: Knex,
  outbox: Services['outbox'],
  payer: Payer,
  choice: Pick<ChoiceColumns, 'channel' | 'email'>,
): Promise<void> {
  const { managerId, id: payerId } = payer;
  const link = await findLink(trx, { managerId, payerId });
  const account = link && (await Account.query(trx).findById(link.accountId));
  if (!account || account.emailConfirmedAt === null) return;
  const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
  await outbox.add(trx, eInvoiceChangedMail({ person: personOf(account), manager, payer, ...choice }));
}
