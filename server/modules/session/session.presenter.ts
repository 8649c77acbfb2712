import type { Session as SessionView } from '../../../contract/session.ts';
import { toIso } from '../../db/time.ts';
import type { Account } from '../../models/account.ts';

export interface SessionFacts {
  readonly account: Account;
  readonly payers: SessionView['payers'];
  readonly roles: SessionView['roles'];
  /** Where a code was sent that would make it the account's address. */
  readonly newEmail: string | null;
  readonly secondFactor: SessionView['secondFactor'];
  readonly device: string | null;
  readonly createdAt: string;
}

export const presentSession = ({ account, newEmail, ...facts }: SessionFacts): SessionView => ({
  account: {
    id: account.id,
    email: account.email,
    emailConfirmed: account.emailConfirmedAt !== null,
    newEmail,
    firstName: account.firstName,
    lastName: account.lastName,
    language: account.language,
  },
  payers: facts.payers,
  roles: facts.roles,
  secondFactor: facts.secondFactor,
  device: facts.device,
  since: toIso(facts.createdAt),
});
