import type { Knex } from 'knex';
import type { Language } from '../../../contract/registrations.ts';
import { newSlipMail } from '../../mail/templates/new-slip.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import { noneLeft, publishedSlips, recipientsAtOnce, runsOf, type MailBatch, type Publication } from './publication.ts';

interface Notice {
  readonly accountId: string;
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  readonly payerName: string;
  readonly period: string;
}

interface Link {
  readonly accountId: string;
  readonly payerId: string;
}

/** The accounts that hold payers of the manager, some at a time, with these payers. */
async function linksAfter(trx: Knex, managerId: string, after: string): Promise<Link[]> {
  const accounts = trx('payer_accounts')
    .where('manager_id', managerId)
    .where('account_id', '>', after)
    .distinct('account_id')
    .orderBy('account_id')
    .limit(recipientsAtOnce);
  return trx('payer_accounts as link')
    .join(accounts.as('some'), 'some.account_id', 'link.account_id')
    .where('link.manager_id', managerId)
    .orderBy('link.account_id')
    .select<Link[]>({ accountId: 'link.account_id', payerId: 'link.payer_id' });
}

/**
 * What is new for these accounts. Nothing goes to an address that nobody has proved, nor to who does not want it, nor
 * of a slip that goes out as a PDF anyway.
 */
async function noticesFor(trx: Knex, publication: Publication, links: readonly Link[]): Promise<Notice[]> {
  const runs = await runsOf(trx, publication);
  const payerIds = links.map(({ payerId }) => payerId);
  return publishedSlips(trx, publication.managerId, runs, payerIds)
    .join('payer_accounts as link', { 'link.manager_id': 'p.manager_id', 'link.payer_id': 'p.id' })
    .join('accounts as a', 'a.id', 'link.account_id')
    .leftJoin('notification_choices as c', { 'c.manager_id': 'link.manager_id', 'c.account_id': 'link.account_id' })
    .whereNotNull('a.email_confirmed_at')
    .whereNull('a.disabled_at')
    .where((wanted) => void wanted.whereNull('c.new_slips').orWhere('c.new_slips', true))
    .whereNotExists(
      trx('mails as m')
        .whereRaw(`m.manager_id = s.manager_id and m.slip_id = s.id and m.kind = 'slip-pdf'`)
        .select('m.id'),
    )
    .orderBy(['link.account_id', 's.period', 'p.name'])
    .select<Notice[]>({
      accountId: 'link.account_id',
      email: 'a.email',
      firstName: 'a.first_name',
      language: 'a.language',
      payerName: 'p.name',
      period: 's.period',
    });
}

/** One mail to each account whose payers have slips in what was published, whatever the number of slips. */
export async function noticesAfter(
  trx: Knex,
  { config }: Pick<Services, 'config'>,
  publication: Publication,
  after: string,
): Promise<MailBatch> {
  const links = await linksAfter(trx, publication.managerId, after);
  const last = links.at(-1)?.accountId;
  if (last === undefined) return noneLeft;
  const manager = await Manager.query(trx).findById(publication.managerId).throwIfNotFound();
  const portal = await portalAddressOf(trx, config.publicUrl, manager.id);
  const byAccount = Map.groupBy(await noticesFor(trx, publication, links), ({ accountId }) => accountId);
  const mails = [...byAccount.values()].map((slips) => ({
    ...newSlipMail({ person: slips[0]!, manager, slips, portal }),
    importId: publication.importId,
  }));
  return { mails, last };
}
