import type { Knex } from 'knex';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { FieldFault } from '../../../contract/errors.ts';
import type { updateManagerSettings } from '../../../contract/manager-settings.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { ibanChangedMail } from '../../mail/templates/iban-changed.ts';
import { Account } from '../../models/account.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { ManagerIban } from '../../models/manager-iban.ts';
import { Manager } from '../../models/manager.ts';
import { isIban, normalizeIban } from '../../payments/iban.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { requireOwnPassword } from '../account/own-password.ts';
import { foldText } from '../payers/search-text.ts';
import { findAdmins } from '../staff/staff.queries.ts';
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

type Changes = Partial<Omit<Manager, keyof BaseModel>>;

const texts: readonly string[] = ['slipNote', 'mailWelcomeText', 'mailSlipText', 'mailSignature'];

/** As the column holds it: an IBAN without blanks, and nothing where there is no text. */
function cellOf(name: string, value: unknown): unknown {
  if (name === 'iban') return normalizeIban(value as string);
  return value === '' && texts.includes(name) ? null : value;
}

/** Of these values those that are others than before. */
function changesIn(before: Manager, change: SettingsChange): Changes {
  const given = Object.entries(change).filter(([name, value]) => name !== 'password' && value !== undefined);
  const cells = given.map(([name, value]) => [name, cellOf(name, value)] as const);
  return Object.fromEntries(cells.filter(([name, cell]) => cell !== before[name as keyof Changes]));
}

/** Residents look for their manager by these. */
const searchOf = (manager: Pick<Manager, 'name' | 'street' | 'town'>): string =>
  foldText(`${manager.name} ${manager.street} ${manager.town}`);

/** Money goes elsewhere: both accounts are on the list from now on, and every admin is told. */
async function tellOfIban(
  trx: Knex,
  { outbox, clock }: Pick<Services, 'outbox' | 'clock'>,
  asker: Asker,
  manager: Manager,
  before: string,
): Promise<void> {
  for (const iban of [manager.iban, before])
    await ManagerIban.query(trx)
      .insert({ managerId: manager.id, iban, name: '' })
      .onConflict(['manager_id', 'iban'])
      .ignore();
  const doer = await Account.query(trx).findById(asker.actorId).throwIfNotFound();
  const facts = { manager, iban: manager.iban, before, by: `${doer.firstName} ${doer.lastName}`, at: clock() };
  for (const { id: accountId, ...person } of await findAdmins(trx, manager.id))
    await outbox.add(trx, ibanChangedMail({ person: { accountId, ...person }, ...facts }));
}

type ChangeServices = Pick<Services, 'db' | 'audit' | 'clock' | 'limits' | 'outbox' | 'passwords'>;

const passwordRequired = () => new ApiError('invalid_request', { fields: [{ path: 'password', rule: 'required' }] });

/**
 * Whether money may go elsewhere by this change: a client sends the account along that it has shown, and another admin
 * may have changed it since.
 * @throws invalid_request, wrong_password, rate_limited
 */
async function mayChangeIban(
  services: ChangeServices,
  asker: Asker,
  managerId: string,
  { iban, password }: SettingsChange,
): Promise<boolean> {
  if (iban === undefined || normalizeIban(iban) === (await found(services.db, managerId)).iban) return false;
  if (password === undefined) throw passwordRequired();
  await requireOwnPassword(services, asker.actorId, password);
  return true;
}

async function writeChanges(
  trx: Knex.Transaction,
  services: ChangeServices,
  asker: Asker,
  managerId: string,
  { isProved, ...change }: SettingsChange & { readonly isProved: boolean },
): Promise<void> {
  const before = await found(trx, managerId).forUpdate();
  const changes = changesIn(before, change);
  if (changes.iban !== undefined && !isProved) throw passwordRequired();
  if (Object.keys(changes).length === 0) return;
  const after = { ...before, ...changes } as Manager;
  await Manager.query(trx)
    .findById(managerId)
    .patch({ ...changes, search: searchOf(after) });
  if (changes.iban !== undefined) await tellOfIban(trx, services, asker, after, before.iban);
  await services.audit.record(trx, {
    ...{ action: 'manager.changed', managerId, ...asker, subject: { kind: 'manager', id: managerId } },
    details: {
      changed: Object.keys(changes).sort().join(' '),
      ...(changes.iban === undefined ? {} : { iban: changes.iban, ibanBefore: before.iban }),
    },
  });
}

/**
 * Changes the manager and what the slips of later imports are made with. The account that money goes to is in the audit
 * trail as it was and as it became.
 * @throws invalid_request naming the faulty fields; wrong_password and rate_limited for another account for payments
 */
export async function changeSettings(
  services: ChangeServices,
  asker: Asker,
  managerId: string,
  change: SettingsChange,
): Promise<void> {
  const faults = await faultsOf(services.db, managerId, change);
  if (faults.length > 0) throw new ApiError('invalid_request', { fields: faults });
  const isProved = await mayChangeIban(services, asker, managerId, change);
  await transaction(services.db, (trx) => writeChanges(trx, services, asker, managerId, { ...change, isProved }));
}

export const findManager = async (db: Knex, managerId: string): Promise<Manager> => found(db, managerId);
