import type { Knex } from 'knex';
import { newDigits } from '../../codes.ts';
import { days, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { counted } from '../../http/limit.ts';
import { emailChangedMail } from '../../mail/templates/email-changed.ts';
import { emailCodeMail } from '../../mail/templates/email-code.ts';
import { AccountCode } from '../../models/account-code.ts';
import { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';
import { lockOwnAccount } from '../session/sessions.ts';
import { dropCode, keepCode, tryCode, useCode } from './account-codes.ts';
import type { Asker } from './asker.ts';
import { requireOwnPassword } from './own-password.ts';
import { personOf } from './person.ts';

const purpose = 'email';

/** A new code for an address, good for a day. The caller sends it. */
export async function newEmailCode(
  trx: Knex,
  services: Pick<Services, 'clock' | 'keys'>,
  accountId: string,
  email: string,
): Promise<string> {
  const code = newDigits();
  const expiresAt = later(services.clock(), days);
  await keepCode(trx, services, { accountId, purpose, email, code, expiresAt });
  return code;
}

type EmailServices = Pick<Services, 'db' | 'clock' | 'keys' | 'limits' | 'outbox'>;

/** Sends a code to an address. Answers after how many seconds the next one goes. @throws rate_limited */
async function mailCode(
  services: EmailServices,
  accountId: string,
  addressOf: (trx: Knex, account: Account) => Promise<string>,
): Promise<{ readonly email: string; readonly nextInSeconds: number }> {
  const { db, limits, outbox } = services;
  const nextInSeconds = await limits.emailCode.consume(accountId);
  return transaction(db, async (trx) => {
    const account = await lockOwnAccount(trx, accountId);
    const email = await addressOf(trx, account);
    const code = await newEmailCode(trx, services, accountId, email);
    await outbox.add(trx, emailCodeMail({ person: personOf(account), to: email, code }));
    return { email, nextInSeconds };
  });
}

/** The address that waits for a code: the new one, else the account's own while it is unconfirmed. */
async function unconfirmedAddress(db: Knex, account: Account, now: Date): Promise<string | undefined> {
  const code = await AccountCode.query(db)
    .findOne({ account_id: account.id, purpose })
    .where('expires_at', '>', toInstant(now));
  return code?.email ?? (account.emailConfirmedAt === null ? account.email : undefined);
}

/**
 * Sends a new code to the address that waits for one.
 * @throws rate_limited, not_found when none does
 */
export async function sendEmailCode(services: EmailServices, accountId: string) {
  const { db, clock } = services;
  const address = async (trx: Knex, account: Account): Promise<string> => {
    const email = await unconfirmedAddress(trx, account, clock());
    if (email === undefined) throw new ApiError('not_found');
    return email;
  };
  // First without counting it: where nothing is to be sent, nothing has to be waited for.
  await address(db, await Account.query(db).findById(accountId).throwIfNotFound());
  return mailCode(services, accountId, address);
}

/**
 * Sends a code to another address, which becomes the own when the code is typed in. Whether it is somebody's is not
 * said before. The own address, once confirmed, just stays.
 * @throws wrong_password, rate_limited
 */
export async function changeEmail(
  services: EmailServices & Pick<Services, 'passwords'>,
  accountId: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const account = await requireOwnPassword(services, accountId, password);
  const isOwn = email === account.email && account.emailConfirmedAt !== null;
  if (isOwn) await cancelEmailChange(services, accountId);
  else await mailCode(services, accountId, () => Promise.resolve(email));
}

/** Voids the code that was sent to another address. One that was sent to the own stays good. */
export async function cancelEmailChange({ db }: Pick<Services, 'db'>, accountId: string): Promise<void> {
  await transaction(db, async (trx) => {
    const { id, email } = await lockOwnAccount(trx, accountId);
    await AccountCode.query(trx).delete().where({ account_id: id, purpose }).whereNot('email', email);
  });
}

/** The proved address takes the old one's place, which is told so if it was the person's. */
async function switchAddress(
  trx: Knex,
  { clock, outbox }: Pick<Services, 'clock' | 'outbox'>,
  account: Account,
  newEmail: string,
): Promise<void> {
  const now = clock();
  await Account.query(trx)
    .findById(account.id)
    .patch({ email: newEmail, emailConfirmedAt: toInstant(now) });
  // Who reads the old address must not set a new password with what was sent there.
  await dropCode(trx, { accountId: account.id, purpose: 'password' });
  if (account.emailConfirmedAt === null) return;
  await outbox.add(trx, emailChangedMail({ person: personOf(account), to: account.email, newEmail, at: now }));
}

/**
 * Confirms the address to which the code was sent; another one becomes the own by it.
 * @throws code_rejected, rate_limited, email_taken (by the unique constraint; told to the address' owner alone)
 */
export async function confirmEmail(
  services: EmailServices & Pick<Services, 'audit'>,
  asker: Asker,
  { code, network }: { readonly code: string; readonly network: string },
): Promise<void> {
  const { db, clock, limits, audit } = services;
  const accountId = asker.actorId;
  // The wait between mails stays: an own address in between must not bring new tries at somebody else's.
  await counted(limits.codeTries, [accountId, network], async () => {
    const sent = await transaction(db, (trx) => tryCode(trx, services, { accountId, purpose }, code));
    if (!sent) throw new ApiError('code_rejected');
    await transaction(db, async (trx) => {
      const account = await lockOwnAccount(trx, accountId);
      await useCode(trx, sent);
      const isOwn = sent.email === account.email;
      if (isOwn)
        await Account.query(trx)
          .findById(accountId)
          .patch({ emailConfirmedAt: toInstant(clock()) });
      else await switchAddress(trx, services, account, sent.email);
      const action = isOwn ? 'email.confirmed' : 'email.changed';
      await audit.record(trx, { action, ...asker, subject: { kind: 'account', id: accountId } });
    });
  });
}
