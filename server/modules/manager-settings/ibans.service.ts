import type { Knex } from 'knex';
import type { AuditAction } from '../../../contract/audit-actions.ts';
import type { ManagerSettings } from '../../../contract/manager-settings.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { ManagerIban } from '../../models/manager-iban.ts';
import { Manager } from '../../models/manager.ts';
import { isIban } from '../../payments/iban.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';

/** The manager's accounts for payments, the default one first, the others by name. */
export async function ibansOf(
  db: Knex,
  { id, iban: standing }: Pick<Manager, 'id' | 'iban'>,
): Promise<ManagerSettings['ibans']> {
  const rows = await ManagerIban.query(db).where('manager_id', id).orderBy(['name', 'iban']);
  const others = rows
    .filter(({ iban }) => iban !== standing)
    .map(({ iban, name }) => ({ iban, name, isDefault: false }));
  return [{ iban: standing, name: rows.find(({ iban }) => iban === standing)?.name ?? '', isDefault: true }, ...others];
}

type IbanServices = Pick<Services, 'audit' | 'db'>;

interface IbanKey {
  readonly managerId: string;
  readonly iban: string;
}

const deed = (action: AuditAction, asker: Asker, { managerId, iban }: IbanKey) =>
  ({ action, managerId, ...asker, subject: { kind: 'iban', id: iban } }) as const;

/** How many accounts a manager can keep: a list that is looked through, not a register. */
const mostIbans = 50;

/** Adds an account, or names one anew. @throws invalid_request */
export async function nameIban({ audit, db }: IbanServices, asker: Asker, key: IbanKey, name: string): Promise<void> {
  const refuse = (rule: string) => new ApiError('invalid_request', { fields: [{ path: 'iban', rule }] });
  if (!isIban(key.iban)) throw refuse('iban');
  await transaction(db, async (trx) => {
    const manager = await Manager.query(trx).findById(key.managerId).throwIfNotFound().forUpdate();
    const known = (await ibansOf(trx, manager)).find(({ iban }) => iban === key.iban);
    if (known?.name === name) return;
    const count = await ManagerIban.query(trx).where('manager_id', key.managerId).resultSize();
    if (!known && count >= mostIbans) throw refuse('too_many');
    await ManagerIban.query(trx)
      .insert({ ...key, name })
      .onConflict(['manager_id', 'iban'])
      .merge();
    await audit.record(trx, deed(known ? 'iban.renamed' : 'iban.added', asker, key));
  });
}

/** @throws not_found, default_iban */
export async function removeIban({ audit, db }: IbanServices, asker: Asker, key: IbanKey): Promise<void> {
  await transaction(db, async (trx) => {
    const manager = await Manager.query(trx).findById(key.managerId).throwIfNotFound().forUpdate();
    if (manager.iban === key.iban) throw new ApiError('default_iban');
    // What is no account is on no list, and the column would not even be compared with letters beyond ASCII.
    if (!isIban(key.iban)) throw new ApiError('not_found');
    if ((await ManagerIban.query(trx).deleteById([key.managerId, key.iban])) === 0) throw new ApiError('not_found');
    await audit.record(trx, deed('iban.removed', asker, key));
  });
}
