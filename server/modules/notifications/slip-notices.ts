import type { Knex } from 'knex';
import type { Language } from '../../../contract/registrations.ts';
import type { OutgoingMail } from '../../mail/outbox.ts';
import { newSlipMail } from '../../mail/templates/new-slip.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';

interface Publication {
  readonly managerId: string;
  readonly importId: string;
}

interface Notice {
  readonly accountId: string;
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  readonly payerName: string;
  readonly period: string;
}

const accountsAtOnce = 500;

/** The accounts that hold payers of the manager, some at a time. */
async function* accountIdsOf(trx: Knex, managerId: string): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const ids = (await trx('payer_accounts')
      .where('manager_id', managerId)
      .where('account_id', '>', after)
      .distinct()
      .orderBy('account_id')
      .limit(accountsAtOnce)
      .pluck('account_id')) as string[];
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

/** What is new for these accounts. Nothing goes to an address that nobody has proved, nor to who does not want it. */
const noticesFor = (
  trx: Knex,
  { managerId, importId }: Publication,
  accountIds: readonly string[],
): Promise<Notice[]> =>
  trx('payer_accounts as link')
    .join('accounts as a', 'a.id', 'link.account_id')
    .join('payers as p', { 'p.manager_id': 'link.manager_id', 'p.id': 'link.payer_id' })
    .join('slips as s', { 's.manager_id': 'link.manager_id', 's.payer_id': 'link.payer_id' })
    .join('billing_runs as r', { 'r.manager_id': 's.manager_id', 'r.id': 's.run_id' })
    .leftJoin('notification_choices as c', { 'c.manager_id': 'link.manager_id', 'c.account_id': 'link.account_id' })
    .where({ 'link.manager_id': managerId, 'r.import_id': importId })
    .whereIn('link.account_id', accountIds)
    .whereNotNull('a.email_confirmed_at')
    .whereNull('a.disabled_at')
    .where((wanted) => void wanted.whereNull('c.new_slips').orWhere('c.new_slips', true))
    .orderBy(['link.account_id', 's.period', 'p.name'])
    .select({
      accountId: 'link.account_id',
      email: 'a.email',
      firstName: 'a.first_name',
      language: 'a.language',
      payerName: 'p.name',
      period: 's.period',
    })
    .then((rows) => rows as Notice[]);

/** One mail to each account whose payers have slips in what is published, whatever the number of slips. */
async function* mailsFor(trx: Knex, publication: Publication, publicUrl: string): AsyncGenerator<OutgoingMail> {
  const manager = await Manager.query(trx).findById(publication.managerId).throwIfNotFound();
  const portal = await portalAddressOf(trx, publicUrl, manager.id);
  for await (const accountIds of accountIdsOf(trx, manager.id)) {
    const notices = Object.groupBy(await noticesFor(trx, publication, accountIds), ({ accountId }) => accountId);
    for (const slips of Object.values(notices)) {
      const person = slips?.[0];
      if (slips && person) yield newSlipMail({ person, manager, slips, portal });
    }
  }
}

/** Tells the residents of what is being published, in the same transaction. */
export const noticeSlips = (
  trx: Knex,
  { outbox, config }: Pick<Services, 'outbox' | 'config'>,
  publication: Publication,
): Promise<void> => outbox.addMany(trx, mailsFor(trx, publication, config.publicUrl));
