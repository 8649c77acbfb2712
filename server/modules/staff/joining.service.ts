import type { Knex } from 'knex';
import { z } from 'zod';
import type { BodyOf } from '../../../contract/endpoint.ts';
import { ownPasswordContext, ownPasswordSchema } from '../../../contract/schemas/own-password.ts';
import { requiredLine } from '../../../contract/schemas/text.ts';
import type { acceptInvitation } from '../../../contract/staff.ts';
import type { Who } from '../../audit/who.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { parse } from '../../http/parse.ts';
import { Account } from '../../models/account.ts';
import { Invitation } from '../../models/invitation.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import { assertUncommon, requireOwnPassword } from '../account/own-password.ts';
import { lockAccount } from '../session/sessions.ts';
import type { OpenedInvitation } from './opening.service.ts';

type Acceptance = BodyOf<typeof acceptInvitation>;
type NewAccount = Pick<Account, 'email' | 'firstName' | 'lastName' | 'language' | 'passwordHash'>;

const newPersonSchema = z.object({
  firstName: requiredLine(60),
  lastName: requiredLine(60),
  password: ownPasswordSchema,
});

/** @throws invalid_request when a name is missing or the password breaks the rule for own passwords */
async function newAccount(
  { passwords }: Pick<Services, 'passwords'>,
  { email, language, firstName = '', lastName = '', password }: Acceptance,
  managerName: string,
): Promise<NewAccount> {
  const person = parse(newPersonSchema, { firstName, lastName, password });
  assertUncommon(password, ownPasswordContext(email, person.firstName, person.lastName, managerName));
  const passwordHash = await passwords.hash(password);
  return { email, language, firstName: person.firstName, lastName: person.lastName, passwordHash };
}

/** The mail has reached the person: the address is confirmed by its code. @throws code_rejected */
async function confirmExisting(trx: Knex, { id, email }: Account, now: string): Promise<string> {
  const account = await lockAccount(trx, id);
  // Closed, deleted, or with another address, since the invitation was opened.
  if (account?.email !== email || account.disabledAt !== null) throw new ApiError('code_rejected');
  await Account.query(trx).findById(id).whereNull('email_confirmed_at').patch({ emailConfirmedAt: now });
  return id;
}

async function insertNew(trx: Knex, account: NewAccount, now: string): Promise<string> {
  const id = newId();
  await Account.query(trx).insert({ ...account, id, createdAt: now, emailConfirmedAt: now });
  return id;
}

/** Of two acceptances at once one deletes the row. @throws code_rejected */
async function useUp(trx: Knex, { managerId, id }: Invitation): Promise<void> {
  if ((await Invitation.query(trx).deleteById([managerId, id])) !== 1) throw new ApiError('code_rejected');
}

type JoinServices = Pick<Services, 'db' | 'clock' | 'limits' | 'passwords' | 'audit'>;

/**
 * Joins the manager's staff by an invitation, which is used up: with a new account, or with the own password where the
 * address has one. A role that the person has got there in the meantime stays as it is.
 * @throws code_rejected, wrong_password, invalid_request, rate_limited
 */
export async function joinStaff(
  services: JoinServices,
  who: Who,
  { invitation, manager, account }: OpenedInvitation,
  body: Acceptance,
): Promise<void> {
  const { db, clock, audit } = services;
  const { managerId, role } = invitation;
  const person = account
    ? await requireOwnPassword(services, account.id, body.password)
    : await newAccount(services, body, manager.name);
  const now = toInstant(clock());
  await transaction(db, async (trx) => {
    await useUp(trx, invitation);
    const isNew = !(person instanceof Account);
    const accountId = isNew ? await insertNew(trx, person, now) : await confirmExisting(trx, person, now);
    const membership = { managerId, accountId, role };
    await StaffRole.query(trx).insert(membership).onConflict(['manager_id', 'account_id']).ignore();
    await audit.record(trx, {
      ...{ action: 'staff.joined', managerId, ...who, actorId: accountId },
      ...{ subject: { kind: 'account', id: accountId }, details: { role, isNew } },
    });
  });
}
