import type { Knex } from 'knex';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { secondFactorMail } from '../../mail/templates/second-factor.ts';
import type { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import { RecoveryCode } from '../../models/recovery-code.ts';
import { SecondFactor } from '../../models/second-factor.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { lockOwnAccount } from '../session/sessions.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';
import { hasSecondFactor, useSecondFactor } from './verify.ts';

const subjectOf = (id: string) => ({ kind: 'account', id });

/** @throws second_factor_state */
async function assertIsOn(trx: Knex, accountId: string): Promise<void> {
  if (!(await hasSecondFactor(trx, accountId))) throw new ApiError('second_factor_state');
}

/** Under which name the app lists the code: the manager's where there is one, else the portal's. */
async function issuerFor({ db, config }: Pick<Services, 'db' | 'config'>, actor: Actor): Promise<string> {
  const [only, another] = new Set([...actor.roles, ...actor.payers].map(({ managerId }) => managerId));
  const manager = only !== undefined && another === undefined ? await Manager.query(db).findById(only) : undefined;
  return `iiPortal (${manager?.name ?? new URL(config.publicUrl).hostname})`;
}

export interface NewSecret {
  readonly secret: string;
  readonly uri: string;
}

/**
 * A new secret for an authenticator app; one that was never confirmed is replaced.
 * @throws second_factor_state when one is on
 */
export async function startSecondFactor(
  services: Pick<Services, 'db' | 'clock' | 'config' | 'keys'>,
  actor: Actor,
): Promise<NewSecret> {
  const { db, clock, keys } = services;
  const { accountId } = actor;
  const secret = newTotpSecret();
  const issuer = await issuerFor(services, actor);
  return transaction(db, async (trx) => {
    const { email } = await lockOwnAccount(trx, accountId);
    if (await hasSecondFactor(trx, accountId)) throw new ApiError('second_factor_state');
    await SecondFactor.query(trx).deleteById(accountId);
    const sealedSecret = sealSecret(keys.secondFactor, accountId, secret);
    await SecondFactor.query(trx).insert({ accountId, sealedSecret, createdAt: toInstant(clock()) });
    return { secret, uri: totpUri(secret, issuer, email) };
  });
}

type ChangeServices = Pick<Services, 'db' | 'clock' | 'keys' | 'outbox' | 'audit'>;

/** Tells the person, and writes down, that the second factor was turned on or off. */
async function note(
  trx: Knex.Transaction,
  { clock, outbox, audit }: ChangeServices,
  asker: Asker,
  change: { readonly person: Account; readonly isOn: boolean },
): Promise<void> {
  const { person, isOn } = change;
  const accountId = person.id;
  await outbox.add(trx, secondFactorMail({ person: { ...person, accountId }, isOn, at: clock() }));
  const action = isOn ? 'second_factor.enabled' : 'second_factor.disabled';
  await audit.record(trx, { action, ...asker, subject: subjectOf(accountId) });
}

/**
 * Turns the second factor on with a first code, which proves that the app has the secret.
 * @returns the recovery codes
 * @throws second_factor_rejected, second_factor_state when there is nothing to confirm
 */
export async function confirmSecondFactor(services: ChangeServices, asker: Asker, code: string): Promise<string[]> {
  const { db, clock, keys } = services;
  const accountId = asker.actorId;
  return transaction(db, async (trx) => {
    const person = await lockOwnAccount(trx, accountId);
    const factor = await SecondFactor.query(trx).findById(accountId).whereNull('confirmed_at');
    if (!factor) throw new ApiError('second_factor_state');
    const step = totpStep(openSecret(keys.secondFactor, accountId, factor.sealedSecret), code, clock());
    if (step === undefined) throw new ApiError('second_factor_rejected');
    await factor.$query(trx).patch({ lastStep: step, confirmedAt: toInstant(clock()) });
    const codes = await replaceRecoveryCodes(trx, services, accountId);
    await note(trx, services, asker, { person, isOn: true });
    return codes;
  });
}

/** @throws second_factor_state when there is no second factor */
export async function renewRecoveryCodes(
  services: Pick<Services, 'db' | 'keys' | 'audit'>,
  asker: Asker,
): Promise<string[]> {
  const accountId = asker.actorId;
  return transaction(services.db, async (trx) => {
    await lockOwnAccount(trx, accountId);
    await assertIsOn(trx, accountId);
    const codes = await replaceRecoveryCodes(trx, services, accountId);
    const deed = { action: 'second_factor.renewed', ...asker, subject: subjectOf(accountId) } as const;
    await services.audit.record(trx, deed);
    return codes;
  });
}

async function turnOff(trx: Knex.Transaction, services: ChangeServices, asker: Asker, answer: string): Promise<void> {
  const accountId = asker.actorId;
  const person = await lockOwnAccount(trx, accountId);
  await assertIsOn(trx, accountId);
  const isRight = await useSecondFactor({ ...services, db: trx }, accountId, answer);
  if (!isRight) throw new ApiError('second_factor_rejected');
  await SecondFactor.query(trx).deleteById(accountId);
  await RecoveryCode.query(trx).delete().where('account_id', accountId);
  await note(trx, services, asker, { person, isOn: false });
}

/**
 * Turns the second factor off for who has it at hand; a refusal is written down.
 * @throws second_factor_state, second_factor_rejected
 */
export async function removeSecondFactor(services: ChangeServices, asker: Asker, answer: string): Promise<void> {
  const { db, audit } = services;
  try {
    await transaction(db, (trx) => turnOff(trx, services, asker, answer));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'second_factor_rejected') {
      const deed = { action: 'second_factor.refused', ...asker, subject: subjectOf(asker.actorId) } as const;
      await transaction(db, (trx) => audit.record(trx, deed));
    }
    throw error;
  }
}
