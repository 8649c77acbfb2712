import type { Knex } from 'knex';
import type { OutgoingMail } from '../../mail/outbox.ts';

/** The runs of an import that were published together. */
export interface Publication {
  readonly managerId: string;
  readonly importId: string;
  /** When the residents could first see them. */
  readonly publishedAt: string;
}

/** The mails to the next few recipients, and the last of these; null when there were none left. */
export interface MailBatch {
  readonly mails: readonly OutgoingMail[];
  readonly last: string | null;
}

export const noneLeft: MailBatch = { mails: [], last: null };

export const recipientsAtOnce = 500;

interface PublishedRun {
  readonly id: string;
  readonly period: string;
}

export const runsOf = async (trx: Knex, { managerId, importId }: Publication): Promise<PublishedRun[]> =>
  trx('billing_runs')
    .where({ manager_id: managerId, import_id: importId, state: 'published' })
    .select<PublishedRun[]>('id', 'period');

/**
 * The slips `s` of these payers in the runs, with the payers `p`. Periods are named as well: the index of a payer's
 * slips then leads to them at once, however many years of slips there are.
 */
export const publishedSlips = (
  trx: Knex,
  managerId: string,
  runs: readonly PublishedRun[],
  payerIds: readonly string[],
): Knex.QueryBuilder =>
  trx('slips as s')
    .join('payers as p', { 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' })
    .where('s.manager_id', managerId)
    .whereIn('s.payer_id', [...payerIds])
    .whereIn('s.period', runs.map(({ period }) => period))
    .whereIn('s.run_id', runs.map(({ id }) => id)); // prettier-ignore
