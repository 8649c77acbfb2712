import { raw } from 'objection';
import type { Knex } from 'knex';
import { codeHmac, isSameHmac } from '../../codes.ts';
import { newId } from '../../db/id.ts';
import { clockSlack, later, toInstant } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { AccountCode } from '../../models/account-code.ts';
import type { Services } from '../../services.ts';

type CodeServices = Pick<Services, 'clock' | 'keys'>;

/** What a code is for, and whose it is. */
interface CodeOwner {
  readonly accountId: string;
  readonly purpose: AccountCode['purpose'];
}

interface NewCode extends CodeOwner {
  /** Where it is sent. */
  readonly email: string;
  readonly code: string;
  readonly expiresAt: Date;
}

/**
 * Wrong tries after which a code is void. Six digits could be guessed otherwise, and only who is signed in gets to try.
 * Of 60 random bits nobody guesses any; a code for a new password is tried by anyone who knows the e-mail address, who
 * must not be able to void it for the person that waits for it.
 */
const tries = { email: 5, password: 2 ** 31 - 1 } as const satisfies Record<AccountCode['purpose'], number>;

/** Keeps a code that is about to be sent; the one before it is void. The caller holds the account's lock. */
export async function keepCode(
  trx: Knex,
  { clock, keys }: CodeServices,
  { accountId, purpose, email, code, expiresAt }: NewCode,
): Promise<void> {
  await dropCode(trx, { accountId, purpose });
  await AccountCode.query(trx).insert({
    id: newId(),
    accountId,
    purpose,
    email,
    hmac: codeHmac(keys.codes, purpose, accountId, code),
    triesLeft: tries[purpose],
    createdAt: toInstant(clock()),
    expiresAt: toInstant(expiresAt),
  });
}

export async function dropCode(trx: Knex, { accountId, purpose }: CodeOwner): Promise<void> {
  await AccountCode.query(trx).delete().where({ account_id: accountId, purpose });
}

/**
 * Compares a typed code with the one that was sent. The try is counted before it is made, so that parallel ones are no
 * more than one after the other. For an account that does not exist the same is done.
 * @param trx a transaction of its own: what comes later must not take the try back
 * @returns undefined when the code is wrong, replaced, too old or void after too many tries
 */
export async function tryCode(
  trx: Knex.Transaction,
  { clock, keys }: CodeServices,
  { accountId, purpose }: CodeOwner,
  typed: string,
): Promise<AccountCode | undefined> {
  const kept = await AccountCode.query(trx).findOne({ account_id: accountId, purpose });
  const now = clock();
  const counted = await AccountCode.query(trx)
    .patch({ triesLeft: raw('tries_left - 1') })
    .where('id', kept?.id ?? '')
    .where('tries_left', '>', 0)
    .where('expires_at', '>', toInstant(now))
    .where('created_at', '<=', toInstant(later(now, clockSlack)));
  const isRight = isSameHmac(kept?.hmac ?? '', codeHmac(keys.codes, purpose, accountId, typed));
  return counted === 1 && isRight ? kept : undefined;
}

/** Uses a code up that was right. Of two requests at once one deletes the row. @throws code_rejected */
export async function useCode(trx: Knex, { id }: AccountCode): Promise<void> {
  if ((await AccountCode.query(trx).deleteById(id)) !== 1) throw new ApiError('code_rejected');
}
