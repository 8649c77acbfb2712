import type { Knex } from 'knex';
import { whoOf } from '../../audit/who.ts';
import { later, minutes, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { passwordResetMail } from '../../mail/templates/password-reset.ts';
import { Account } from '../../models/account.ts';
import { ResetRequest } from '../../models/reset-request.ts';
import type { Services } from '../../services.ts';
import { generateSlipPassword } from '../../slip-password.ts';
import { keepCode } from '../account/account-codes.ts';
import { personOf } from '../account/person.ts';
import { lockAccount } from '../session/sessions.ts';

export interface ResetWorker {
  readonly start: () => void;
  /** Answers the requests that there are. */
  readonly run: () => Promise<void>;
  /** Waits for the request that is being answered. */
  readonly stop: () => Promise<void>;
}

type WorkerServices = Pick<Services, 'audit' | 'clock' | 'config' | 'db' | 'keys' | 'logger' | 'outbox'>;

const pause = 1000;

/** The account whose code goes to this address; a closed one gets none, nor one whose address nobody has proved. */
async function accountWith(trx: Knex, email: string): Promise<Account | undefined> {
  const account = await Account.query(trx).findOne({ email });
  const isOpen = account !== undefined && account.disabledAt === null && account.emailConfirmedAt !== null;
  return isOpen ? lockAccount(trx, account.id) : undefined;
}

async function sendCode(trx: Knex, services: WorkerServices, account: Account): Promise<void> {
  const { clock, config, outbox } = services;
  const code = generateSlipPassword();
  const expiresAt = later(clock(), config.passwordResetMinutes * minutes);
  const { id: accountId, email } = account;
  await keepCode(trx, services, { accountId, purpose: 'password', email, code, expiresAt });
  await outbox.add(trx, passwordResetMail({ person: personOf(account), code, until: expiresAt }));
}

/** Of several processes that see the same request one deletes it, and answers it in the same transaction. */
async function answer(trx: Knex.Transaction, services: WorkerServices, request: ResetRequest): Promise<void> {
  if ((await ResetRequest.query(trx).deleteById(request.id)) !== 1) return;
  const account = await accountWith(trx, request.email);
  if (account) await sendCode(trx, services, account);
  const { audit } = services;
  await audit.record(trx, {
    action: 'password.reset_requested',
    ...whoOf({ actor: { accountId: '' }, request }),
    subject: account ? { kind: 'account', id: account.id } : { kind: 'email', id: audit.pseudonym(request.email) },
    details: { sent: account !== undefined },
  });
}

/** Turns the requests for a new password into codes and mails. Any number of processes may run one. */
export function createResetWorker(services: WorkerServices): ResetWorker {
  const { db, clock, config, logger } = services;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  /** After as long as a code lives nobody waits for one any more. */
  async function dropStale(): Promise<void> {
    const oldest = toInstant(later(clock(), -config.passwordResetMinutes * minutes));
    await ResetRequest.query(db).delete().where('created_at', '<', oldest);
  }

  const next = async (): Promise<ResetRequest | undefined> =>
    ResetRequest.query(db).orderBy('created_at').limit(1).first();

  async function run(): Promise<void> {
    await dropStale();
    for (let request = await next(); request && !stopped; request = await next()) {
      const found = request;
      await transaction(db, (trx) => answer(trx, services, found));
    }
  }

  function loop(): void {
    running = run().catch((error: unknown) => logger.error({ err: error }, 'the reset worker failed'));
    void running.then(() => {
      if (!stopped) timer = setTimeout(loop, pause).unref();
    });
  }

  return {
    start: loop,
    run,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
