import { newId } from '../db/id.ts';
import { days, fromInstant, later, toInstant } from '../db/time.ts';
import { transaction } from '../db/transaction.ts';
import { Account } from '../models/account.ts';
import { BillingRun } from '../models/billing-run.ts';
import { PayerAccount } from '../models/payer-account.ts';
import { Payer } from '../models/payer.ts';
import { Slip } from '../models/slip.ts';
import { openSlips } from '../modules/slips/openings.service.ts';
import type { Services } from '../services.ts';

/** The first payers stay free: the resident of the demonstration, and whoever tries to register, take one of them. */
const freePayers = 8;

/** Of three of the others two have an account: an office that is well on its way. */
const hasAccount = (_: Payer, index: number): boolean => index >= freePayers && index % 3 > 0;

/** The fifth of the month after, in the morning: when an office publishes. Not after now. */
function publishedOf(period: string, now: Date): Date {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const usual = new Date(Date.UTC(year, month, 5, 7));
  return usual < now ? usual : now;
}

/** The months as if each had been published in its time, which the one file of the demonstration does at once. */
async function dateRuns({ db, clock }: Services, managerId: string): Promise<void> {
  const runs = await BillingRun.query(db).where({ manager_id: managerId, state: 'published' });
  for (const { id, period } of runs) {
    const publishedAt = toInstant(publishedOf(period, clock()));
    await BillingRun.query(db).findById([managerId, id]).patch({ publishedAt });
  }
  const [first] = runs.map(({ period }) => publishedOf(period, clock())).sort((a, b) => a.getTime() - b.getTime());
  if (first)
    await Payer.query(db)
      .where({ manager_id: managerId })
      .patch({ createdAt: toInstant(first) });
}

/** Nobody can sign in to these: they have no password. Who registered when is spread over the last eleven months. */
async function register({ db, clock }: Services, payers: readonly Payer[], host: string): Promise<void> {
  await transaction(db, async (trx) => {
    for (const [index, { managerId, id, code, name }] of payers.entries()) {
      const linkedAt = toInstant(later(clock(), -(1 - (index / payers.length) ** 0.6) * 330 * days));
      const [lastName = '', firstName = ''] = name.split(' ');
      const email = `${code}@${host === 'localhost' ? 'primer' : 'vzorec'}.example`;
      const account = { id: newId(), email, firstName, lastName, passwordHash: '', language: 'sl' as const };
      await Account.query(trx).insert({ ...account, createdAt: linkedAt, emailConfirmedAt: linkedAt });
      await PayerAccount.query(trx).insert({ managerId, payerId: id, accountId: account.id, linkedAt });
    }
  });
}

/** Most open their slip within days of its publication, some never do. */
async function openTheirs({ db, clock }: Services, payers: readonly Payer[]): Promise<void> {
  for (const [index, { managerId, id: payerId }] of payers.entries()) {
    const slips = await Slip.query(db)
      .alias('s')
      .join('billing_runs as r', (on) => on.on('r.manager_id', 's.manager_id').andOn('r.id', 's.run_id'))
      .where({ 's.manager_id': managerId, 's.payer_id': payerId, 'r.state': 'published' })
      .orderBy('s.period', 'desc')
      .limit(3)
      .select('s.*', 'r.published_at')
      .castTo<(Slip & { publishedAt: string })[]>();
    for (const [month, slip] of slips.entries()) {
      const openedAt = later(fromInstant(slip.publishedAt), (((index * 7 + month * 3) % 11) ** 2 / 6) * days);
      const isOpened = (index + month) % 5 > 0 && openedAt <= clock();
      if (isOpened) await openSlips({ db, clock: () => openedAt }, [slip]);
    }
  }
}

/**
 * The other people of the houses, so that the office's overview shows what it is for: who registered over the year, and
 * how they open their slips.
 */
export async function ensureNeighbours(services: Services, managerId: string, host: string): Promise<void> {
  const { db } = services;
  const all = await Payer.query(db).where({ manager_id: managerId }).orderBy('code');
  const linked = await PayerAccount.query(db).where({ manager_id: managerId });
  const taken = new Set(linked.map(({ payerId }) => payerId));
  const neighbours = all.filter(hasAccount);
  if (neighbours.some(({ id }) => taken.has(id))) return;
  await dateRuns(services, managerId);
  await register(services, neighbours, host);
  await openTheirs(services, neighbours);
}
