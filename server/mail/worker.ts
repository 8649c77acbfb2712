import type { Knex } from 'knex';
import { days, later, minutes, toInstant } from '../db/time.ts';
import type { Logger } from '../logger.ts';
import { Mail } from '../models/mail.ts';
import type { MailTransport } from './transport.ts';

export interface MailWorker {
  readonly start: () => void;
  /** Sends what is due now. Resolves when each of them was tried once. */
  readonly run: () => Promise<void>;
  /** Waits for the mail that is being sent. */
  readonly stop: () => Promise<void>;
}

interface MailWorkerOptions {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly transport: MailTransport;
}

const pause = 2000;
/** How long a mail belongs to the process that took it. Longer than any try lasts. */
const claim = 5 * minutes;
const giveUpAfter = 2 * days;

/** 1, 2, 4 ... minutes, at most 4 hours. */
const backoff = (tries: number): number => Math.min(2 ** tries, 240) * minutes;

/** The mail server knows the address and does not want it: a later try would be refused as well. */
function isRefused(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
}

/** The mail that has waited longest, of those that are due. */
const findDue = async (db: Knex, now: Date): Promise<Mail | undefined> =>
  Mail.query(db)
    .where('state', 'waiting')
    .where('next_try_at', '<=', toInstant(now))
    .orderBy('next_try_at')
    .first();

/** Of several processes that see the same mail, one succeeds in moving its next try. */
async function take(db: Knex, mail: Mail, now: Date): Promise<boolean> {
  const taken = await Mail.query(db)
    .findById(mail.id)
    .where('next_try_at', mail.nextTryAt)
    .patch({ nextTryAt: toInstant(later(now, claim)), tries: mail.tries + 1 });
  return taken === 1;
}

async function noteFailure({ db, clock, logger }: MailWorkerOptions, mail: Mail, error: unknown): Promise<void> {
  const now = clock();
  const tooOld = toInstant(later(now, -giveUpAfter)) > mail.createdAt;
  const failedAt = tooOld || isRefused(error) ? toInstant(now) : null;
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  // Mail servers repeat the address in what they say: that stays in the outbox, the log gets the codes.
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  const gaveUp = failedAt !== null;
  logger.warn({ mailId: mail.id, tries: mail.tries + 1, gaveUp, code, responseCode }, 'mail not sent');
  await Mail.query(db)
    .findById(mail.id)
    .patch({
      state: gaveUp ? 'failed' : 'waiting',
      failedAt,
      lastError,
      nextTryAt: toInstant(later(now, backoff(mail.tries))),
    });
}

async function deliver(options: MailWorkerOptions, mail: Mail): Promise<void> {
  try {
    await options.transport.send(mail);
  } catch (error) {
    await noteFailure(options, mail, error);
    return;
  }
  await Mail.query(options.db)
    .findById(mail.id)
    .patch({ state: 'sent', sentAt: toInstant(options.clock()), lastError: null, text: '', html: null });
}

export function createMailWorker(options: MailWorkerOptions): MailWorker {
  const { db, clock, logger, transport } = options;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    for (let mail = await findDue(db, clock()); mail && !stopped; mail = await findDue(db, clock())) {
      if (await take(db, mail, clock())) await deliver(options, mail);
    }
  }

  function loop(): void {
    running = run().catch((error: unknown) => logger.error({ err: error }, 'the mail worker failed'));
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
      transport.close();
    },
  };
}
