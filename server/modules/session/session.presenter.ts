import type { Session as SessionView } from '../../../contract/session.ts';
import { toIso } from '../../db/time.ts';
import type { Account } from '../../models/account.ts';

export interface SessionFacts {
  readonly account: Account;
  readonly payers: SessionView['payers'];
  readonly roles: SessionView['roles'];
  readonly createdAt: string;
}

export const presentSession = ({ account, payers, roles, createdAt }: SessionFacts): SessionView => ({
  account: {
    id: account.id,
    email: account.email,
    firstName: account.firstName,
    lastName: account.lastName,
    language: account.language,
  },
  payers,
  roles,
  since: toIso(createdAt),
});
