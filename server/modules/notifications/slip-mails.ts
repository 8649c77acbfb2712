import type { Knex } from 'knex';
import type { Language } from '../../../contract/registrations.ts';
import { days, fromInstant, later } from '../../db/time.ts';
import { isAddress } from '../../mail/outbox.ts';
import { slipPdfMail } from '../../mail/templates/slip-pdf.ts';
import { Manager } from '../../models/manager.ts';
import { noneLeft, publishedSlips, recipientsAtOnce, runsOf, type MailBatch, type Publication } from './publication.ts';

interface MailedSlip {
  readonly id: string;
  readonly number: string;
  readonly period: string;
  readonly dueDate: string;
  readonly totalCents: number;
  readonly code: string;
  readonly name: string;
  readonly email: string;
  /** Null where the payer has no account. */
  readonly language: Language | null;
}

/** The payers who get their slips by e-mail, some at a time. */
const payersAfter = (trx: Knex, managerId: string, after: string): Promise<string[]> =>
  trx('payers')
    .where({ manager_id: managerId, channel: 'email' })
    .whereNotNull('email')
    .where('id', '>', after)
    .orderBy('id')
    .limit(recipientsAtOnce)
    .pluck('id');

/** Who moves a past year into the portal does not want the payers to get twelve mails of it. */
const pastDue = 31 * days;

async function slipsToMail(trx: Knex, publication: Publication, payerIds: readonly string[]): Promise<MailedSlip[]> {
  const oldest = later(fromInstant(publication.publishedAt), -pastDue).toISOString().slice(0, 10);
  const runs = await runsOf(trx, publication);
  return (
    publishedSlips(trx, publication.managerId, runs, payerIds)
      .leftJoin('payer_accounts as link', { 'link.manager_id': 'p.manager_id', 'link.payer_id': 'p.id' })
      .leftJoin('accounts as a', 'a.id', 'link.account_id')
      .where('s.due_date', '>=', oldest)
      // Payers that are merged meanwhile have the mailing begin anew.
      .whereNotExists(
        trx('mails as m')
          .whereRaw(`m.manager_id = s.manager_id and m.slip_id = s.id and m.kind = 'slip-pdf'`)
          .select('m.id'),
      )
      .orderBy(['s.payer_id', 's.period', 's.id'])
      .select('s.id', 's.number', 's.period', 'p.code', 'p.name', 'p.email', 'a.language')
      .select<MailedSlip[]>({ dueDate: 's.due_date', totalCents: 's.total_cents' })
  );
}

/** The mails with the slips themselves, to payers of the channel `email`: one for each slip, account or none. */
export async function slipMailsAfter(trx: Knex, publication: Publication, after: string): Promise<MailBatch> {
  const payerIds = await payersAfter(trx, publication.managerId, after);
  const last = payerIds.at(-1);
  if (last === undefined) return noneLeft;
  const manager = await Manager.query(trx).findById(publication.managerId).throwIfNotFound();
  const slips = await slipsToMail(trx, publication, payerIds);
  const mails = slips
    .filter(({ email }) => isAddress(email))
    .map(({ code, name, email, language, ...slip }) => ({
      ...slipPdfMail({ language: language ?? 'sl', to: email, manager, payer: { code, name }, slip }),
      importId: publication.importId,
    }));
  return { mails, last };
}
