import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { programScopes } from '../../contract/endpoint.ts';
import type { StaffRole as Role } from '../../contract/session.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { hashToken, newToken } from '../../server/http/authenticate.ts';
import { beginningOf, newProgramKey } from '../../server/http/programs.ts';
import { ApiKey } from '../../server/models/api-key.ts';
import { Account } from '../../server/models/account.ts';
import { ManagerHost } from '../../server/models/manager-host.ts';
import { Manager } from '../../server/models/manager.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import { Payer } from '../../server/models/payer.ts';
import { Session } from '../../server/models/session.ts';
import { SlipPasswordBatch } from '../../server/models/slip-password-batch.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { foldText } from '../../server/modules/payers/search-text.ts';
import type { Services } from '../../server/services.ts';
import { generateSlipPassword, slipPasswordHmac } from '../../server/slip-password.ts';

/** Columns without their nulls: a factory's caller says only what matters to the test. */
export type Given<M> = Partial<Pick<M, { [K in keyof M]: M[K] extends string | number | null ? K : never }[keyof M]>>;

const now = (): string => toInstant(new Date());
const unique = (): string => newId().slice(0, 10);

export async function createManager(db: Knex, given: Given<Manager> = {}): Promise<Manager> {
  const named = { name: `Upravnik ${unique()}`, street: 'Šmartinska cesta 152', town: '1000 Ljubljana', ...given };
  return Manager.query(db).insertAndFetch({
    id: newId(),
    email: 'pisarna@upravnik.example',
    phone: '01 234 56 78',
    iban: 'SI56020170014356205',
    referenceTemplate: 'SI12 {payer}{period}',
    purposeCode: 'OTHR',
    purposeTemplate: 'Razdelilnik {period}',
    search: foldText(`${named.name} ${named.street} ${named.town}`),
    createdAt: now(),
    ...named,
  });
}

export const createManagerHost = async (db: Knex, managerId: string, host: string): Promise<ManagerHost> =>
  ManagerHost.query(db).insert({ host, managerId });

/** An account; its password only works when its hash is given (services.passwords.hash). */
export const createAccount = async (db: Knex, given: Given<Account> = {}): Promise<Account> =>
  Account.query(db).insertAndFetch({
    id: newId(),
    email: `oseba-${unique()}@example.si`,
    firstName: 'Živa',
    lastName: 'Čebašek',
    passwordHash: 'none',
    language: 'sl',
    createdAt: now(),
    ...given,
  });

/** A session of the account, without the way through sign-in. Returns its token. */
export async function createToken(db: Knex, accountId: string): Promise<string> {
  const token = newToken();
  await Session.query(db).delete().where({ account_id: accountId });
  await Session.query(db).insert({
    id: newId(),
    accountId,
    tokenHash: hashToken(token),
    createdAt: now(),
    lastUsedAt: now(),
    expiresAt: toInstant(new Date(Date.now() + 86_400_000)),
  });
  return token;
}

export const createStaffRole = async (db: Knex, managerId: string, accountId: string, role: Role): Promise<StaffRole> =>
  StaffRole.query(db).insert({ managerId, accountId, role });

/** A signed-in member of the manager's staff. */
export async function createStaff(db: Knex, managerId: string, role: Role = 'admin') {
  const account = await createAccount(db);
  await createStaffRole(db, managerId, account.id, role);
  return { account, token: await createToken(db, account.id) };
}

/** A key for other programs, with every scope unless a test gives others. */
export async function createApiKey(db: Knex, managerId: string, given: Given<ApiKey> = {}) {
  const key = newProgramKey();
  const { id } = await ApiKey.query(db).insert({
    ...{ managerId, id: newId(), name: 'Računovodski program', beginning: beginningOf(key), keyHash: hashToken(key) },
    ...{ scopes: programScopes.join(' '), createdAt: now() },
    expiresAt: toInstant(new Date(Date.now() + 86_400_000)),
    ...given,
  });
  return { id, key };
}

export const createPayer = async (db: Knex, managerId: string, given: Given<Payer> = {}): Promise<Payer> =>
  Payer.query(db).insertAndFetch({
    managerId,
    id: newId(),
    code: String(randomInt(100_000_000, 999_999_999)),
    name: 'Žiga Ščuka',
    street: 'Šmartinska cesta 152',
    town: '1000 Ljubljana',
    channel: 'email',
    createdAt: now(),
    updatedAt: now(),
    ...given,
  });

export const linkPayer = async (db: Knex, payer: Payer, accountId: string): Promise<PayerAccount> =>
  PayerAccount.query(db).insert({ managerId: payer.managerId, payerId: payer.id, accountId, linkedAt: now() });

/** A signed-in resident with these payers. */
export async function createResident(db: Knex, ...payers: Payer[]) {
  const account = await createAccount(db);
  for (const payer of payers) await linkPayer(db, payer, account.id);
  return { account, token: await createToken(db, account.id) };
}

/** A slip password of the payer. Returns it as it would be printed, without hyphens. */
export async function createSlipPassword(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  payer: Payer,
  given: Given<SlipPassword> = {},
): Promise<string> {
  const password = generateSlipPassword();
  await SlipPassword.query(db).insert({
    managerId: payer.managerId,
    id: newId(),
    payerId: payer.id,
    batchId: newId(),
    hmac: slipPasswordHmac(keys.slipPassword, { managerId: payer.managerId, payerId: payer.id }, password),
    issuedAt: now(),
    expiresAt: toInstant(new Date(Date.now() + 86_400_000)),
    ...given,
  });
  return password;
}

/** A batch of slip passwords, of which all were sent. */
export const createSlipPasswordBatch = async (
  db: Knex,
  managerId: string,
  given: Given<SlipPasswordBatch> = {},
): Promise<SlipPasswordBatch> =>
  SlipPasswordBatch.query(db).insertAndFetch({
    ...{ managerId, id: newId(), form: 'letters', whom: 'all', state: 'done', payers: 1, issued: 1 },
    ...{ issuedAt: now(), touchedAt: now(), expiresAt: toInstant(new Date(Date.now() + 86_400_000)) },
    ...given,
  });
