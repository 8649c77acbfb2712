import type { Person } from '../../mail/compose.ts';
import type { Account } from '../../models/account.ts';

/** What a mail needs to know of the person. */
export const personOf = ({ id, language, email, firstName }: Account): Person => ({
  accountId: id,
  language,
  email,
  firstName,
});
