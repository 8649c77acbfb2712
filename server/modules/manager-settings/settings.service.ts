import type { Knex } from 'knex';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { FieldFault } from '../../../contract/errors.ts';
import type { updateManagerSettings } from '../../../contract/manager-settings.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Manager } from '../../models/manager.ts';
import { isIban, normalizeIban } from '../../payments/iban.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { exampleOf, examplePurpose, exampleReference, type Templates } from './preview.ts';

export type SettingsChange = BodyOf<typeof updateManagerSettings>;

const found = (db: Knex, managerId: string) => Manager.query(db).findById(managerId).throwIfNotFound();

/**
 * What of the settings no slip could be made with: templates are tried on a slip of the manager's newest run, for the
 * next import would be refused row by row. On an invented one they are only read.
 */
async function faultsOf(db: Knex, managerId: string, change: SettingsChange): Promise<FieldFault[]> {
  const { iban, referenceTemplate, purposeTemplate } = change;
  const faults: FieldFault[] = [];
  if (iban !== undefined && !isIban(normalizeIban(iban))) faults.push({ path: 'iban', rule: 'iban' });
  if (referenceTemplate === undefined && purposeTemplate === undefined) return faults;
  const example = await exampleOf(db, managerId);
  const isFault = (rule: string): boolean => !example.isInvented || rule.startsWith('template_');
  const tried: Templates = { referenceTemplate: referenceTemplate ?? '', purposeTemplate: purposeTemplate ?? '' };
  const reference = exampleReference(tried, example);
  if (referenceTemplate !== undefined && !reference.ok && isFault(reference.fault))
    faults.push({ path: 'referenceTemplate', rule: reference.fault });
  const purpose = examplePurpose(tried, example);
  if (purposeTemplate !== undefined && !purpose.ok) faults.push({ path: 'purposeTemplate', rule: purpose.fault });
  return faults;
}

type Changes = Partial<Record<keyof SettingsChange, string>>;

/** Of these values those that are others than before. */
function changesIn(before: Manager, { iban, ...change }: SettingsChange): Changes {
  const given: SettingsChange = iban === undefined ? change : { ...change, iban: normalizeIban(iban) };
  const present = { ...before, slipNote: before.slipNote ?? '' };
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== present[name as keyof Changes]));
}

/**
 * Changes what the slips of later imports are made with. The account that money goes to is in the audit trail as it
 * was and as it became.
 * @throws invalid_request naming the faulty fields
 */
export async function changeSettings(
  { db, audit }: Pick<Services, 'db' | 'audit'>,
  asker: Asker,
  managerId: string,
  change: SettingsChange,
): Promise<void> {
  const faults = await faultsOf(db, managerId, change);
  if (faults.length > 0) throw new ApiError('invalid_request', { fields: faults });
  await transaction(db, async (trx) => {
    const before = await found(trx, managerId).forUpdate();
    const changes = changesIn(before, change);
    if (Object.keys(changes).length === 0) return;
    await Manager.query(trx).findById(managerId).patch(changes);
    await audit.record(trx, {
      ...{ action: 'manager.changed', managerId, ...asker, subject: { kind: 'manager', id: managerId } },
      details: {
        changed: Object.keys(changes).sort().join(' '),
        ...(changes.iban === undefined ? {} : { iban: changes.iban, ibanBefore: before.iban }),
      },
    });
  });
}

export const findManager = async (db: Knex, managerId: string): Promise<Manager> => found(db, managerId);
