import type { Knex } from 'knex';
import { isMysql } from '../../db/connect.ts';
import { transaction } from '../../db/transaction.ts';
import { SlipMailing } from '../../models/slip-mailing.ts';
import type { Services } from '../../services.ts';
import type { MailBatch, Publication } from './publication.ts';
import { slipMailsAfter } from './slip-mails.ts';
import { noticesAfter } from './slip-notices.ts';

type MailingServices = Pick<Services, 'config' | 'db' | 'logger' | 'outbox'>;

/**
 * Notes, in the transaction of the publication, that its mails are to be written: to a hundred thousand payers that
 * takes longer than the office waits for an answer.
 */
export async function beginMailing(trx: Knex, { managerId, importId, publishedAt }: Publication): Promise<void> {
  const fresh = { createdAt: publishedAt, kind: 'slip-pdf', afterId: '' } as const;
  await SlipMailing.query(trx).insert({ managerId, importId, ...fresh });
}

type MailingKey = Pick<SlipMailing, 'managerId' | 'importId'>;

/** The mailing, for the one who asks: what another process is at is passed over. */
async function lock(trx: Knex, { managerId, importId }: MailingKey): Promise<SlipMailing | undefined> {
  const mailing = SlipMailing.query(trx).findById([managerId, importId]);
  return isMysql(trx) ? mailing.forUpdate().skipLocked() : mailing;
}

const batchOf = (trx: Knex, services: MailingServices, mailing: SlipMailing): Promise<MailBatch> => {
  const publication = { ...mailing, publishedAt: mailing.createdAt };
  return mailing.kind === 'slip-pdf'
    ? slipMailsAfter(trx, publication, mailing.afterId)
    : noticesAfter(trx, services, publication, mailing.afterId);
};

/** Remembers how far the mailing is. The slips themselves come first: who gets one as a PDF gets no notice of it. */
async function advance(trx: Knex, { managerId, importId, kind }: SlipMailing, last: string | null): Promise<void> {
  const row = SlipMailing.query(trx).findById([managerId, importId]);
  if (last !== null) await row.patch({ afterId: last });
  else if (kind === 'slip-pdf') await row.patch({ kind: 'new-slip', afterId: '' });
  else await row.delete();
}

/** Writes the next few mails and where they end in one transaction: after a crash nothing is missing or there twice. */
async function writeNext(trx: Knex, services: MailingServices, key: MailingKey): Promise<boolean> {
  const mailing = await lock(trx, key);
  if (!mailing) return false;
  const { mails, last } = await batchOf(trx, services, mailing);
  await services.outbox.addMany(trx, mails);
  await advance(trx, mailing, last);
  return true;
}

const pause = { done: 1000, failed: 30_000 } as const;

/** Writes the mails of publications. Any number of processes may run one on the same database. */
export function createSlipMailings(services: MailingServices) {
  const { db, logger } = services;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  /** The one that waits longest first. One that fails keeps no other from being written. */
  async function run(): Promise<void> {
    const failures: unknown[] = [];
    for (const mailing of await SlipMailing.query(db).orderBy('created_at')) {
      try {
        while (!stopped && (await transaction(db, (trx) => writeNext(trx, services, mailing))));
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some mailings were not written');
  }

  async function round(): Promise<void> {
    let end: keyof typeof pause = 'done';
    try {
      await run();
    } catch (error) {
      end = 'failed';
      logger.error({ err: error }, 'the mails of a publication could not be written');
    }
    if (!stopped) timer = setTimeout(loop, pause[end]).unref();
  }

  function loop(): void {
    running = round();
  }

  return {
    start: loop,
    /** Writes all that are to be written now. */
    run,
    /** Waits for those that are being written. */
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
