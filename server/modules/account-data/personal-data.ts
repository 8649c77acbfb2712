import type { Knex } from 'knex';
import { toIso } from '../../db/time.ts';
import { Account } from '../../models/account.ts';
import { AuditEntry } from '../../models/audit-entry.ts';
import { ChannelChange } from '../../models/channel-change.ts';
import { DisplacedSession } from '../../models/displaced-session.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import { Invitation } from '../../models/invitation.ts';
import { Mail } from '../../models/mail.ts';
import type { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import { Session } from '../../models/session.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';
import { choicesOf } from '../notifications/notifications.service.ts';
import { describeSession } from '../session/session.service.ts';

const iso = (instant: string | null): string | null => instant && toIso(instant);

type PayerRow = Omit<Payer, 'createdAt' | 'updatedAt'> & { readonly managerName: string; readonly linkedAt: string };

/** What the managers keep of the account's payers. */
async function payersOf(db: Knex, accountId: string) {
  const rows = await PayerAccount.query(db)
    .alias('link')
    .join('payers as p', (on) => on.on('p.manager_id', 'link.manager_id').andOn('p.id', 'link.payer_id'))
    .join('managers as m', 'm.id', 'link.manager_id')
    .where('link.account_id', accountId)
    .orderBy(['m.name', 'p.code'])
    .select('p.manager_id', 'm.name as manager_name', 'p.id', 'p.code', 'p.name', 'p.street', 'p.town')
    .select('p.tax_number', 'p.email', 'p.channel', 'p.e_invoice_iban', 'link.linked_at')
    .castTo<PayerRow[]>();
  return rows.map(({ linkedAt, ...row }) => ({ ...row, linkedAt: toIso(linkedAt) }));
}

/** What belongs to the payers that the account holds. */
const ofOwnPayers = (table: string) => (on: Knex.JoinClause) =>
  on.on('link.manager_id', `${table}.manager_id`).andOn('link.payer_id', `${table}.payer_id`);

/** How the payers' bills went out over time, whoever changed it. */
async function channelChangesOf(db: Knex, accountId: string) {
  const changes = await ChannelChange.query(db)
    .join('payer_accounts as link', ofOwnPayers('channel_changes'))
    .where('link.account_id', accountId)
    .orderBy(['channel_changes.changed_at', 'channel_changes.id'])
    .select('channel_changes.*');
  return changes.map(({ managerId, payerId, channel, origin, changedAt }) => ({
    ...{ managerId, payerId, channel, origin, changedAt: toIso(changedAt) },
  }));
}

/** When slips were opened for the first time: the office is shown it. */
async function openingsOf(db: Knex, accountId: string) {
  const slips = await Slip.query(db)
    .join('payer_accounts as link', ofOwnPayers('slips'))
    .where('link.account_id', accountId)
    .whereNotNull('slips.first_opened_at')
    .orderBy(['slips.first_opened_at', 'slips.id'])
    .select('slips.*');
  return slips.map(({ managerId, payerId, number, period, firstOpenedAt }) => ({
    ...{ managerId, payerId, number, period, firstOpenedAt: iso(firstOpenedAt) },
  }));
}

/** Where the account is signed in, and by what earlier sessions were displaced. */
async function sessionsOf(db: Knex, accountId: string) {
  const session = await Session.query(db).findOne({ account_id: accountId });
  const displaced = await DisplacedSession.query(db).where('account_id', accountId).orderBy('displaced_at');
  return {
    session: session && {
      device: session.device,
      since: toIso(session.createdAt),
      lastUsedAt: toIso(session.lastUsedAt),
    },
    displacedSessions: displaced.map(({ device, displacedAt }) => ({ by: device, at: toIso(displacedAt) })),
  };
}

/** An address that nobody has proved may be a stranger's, and so may be what was sent there. */
async function invitationsOf(db: Knex, { email, emailConfirmedAt }: Account) {
  const invitations = emailConfirmedAt === null ? [] : await Invitation.query(db).where('email', email);
  return invitations.map(({ managerId, role, createdAt }) => ({ managerId, role, createdAt: toIso(createdAt) }));
}

async function eInvoiceRequestsOf(db: Knex, accountId: string) {
  const requests = await EInvoiceRequest.query(db).where('account_id', accountId).orderBy('created_at');
  return requests.map(({ managerId, payerId, channel, email, iban, taxNumber, state, reason, ...times }) => ({
    ...{ managerId, payerId, channel, email, iban, taxNumber, state, reason },
    ...{ createdAt: toIso(times.createdAt), decidedAt: iso(times.decidedAt) },
  }));
}

/** All that is kept of the person besides the slips. No hashes and no codes: those are keys, not facts about somebody. */
export async function personalData(services: Pick<Services, 'db' | 'clock' | 'config'>, accountId: string) {
  const { db } = services;
  const account = await Account.query(db).findById(accountId).throwIfNotFound();
  const facts = await describeSession(services, accountId);
  const mails = await Mail.query(db).where('account_id', accountId).orderBy('created_at');
  const deeds = await AuditEntry.query(db).where('actor_id', accountId).orderBy(['at', 'chain', 'seq']);
  return {
    account: {
      id: account.id,
      email: account.email,
      emailConfirmedAt: iso(account.emailConfirmedAt),
      newEmail: facts?.newEmail ?? null,
      firstName: account.firstName,
      lastName: account.lastName,
      language: account.language,
      createdAt: toIso(account.createdAt),
      hasSecondFactor: facts?.secondFactor.isOn ?? false,
    },
    ...(await sessionsOf(db, accountId)),
    payers: await payersOf(db, accountId),
    roles: facts?.roles ?? [],
    invitations: await invitationsOf(db, account),
    eInvoiceRequests: await eInvoiceRequestsOf(db, accountId),
    channelChanges: await channelChangesOf(db, accountId),
    slipOpenings: await openingsOf(db, accountId),
    notifications: await choicesOf(db, accountId),
    mails: mails.map(({ kind, toAddress, subject, createdAt, sentAt }) => ({
      ...{ kind, to: toAddress, subject, createdAt: toIso(createdAt), sentAt: iso(sentAt) },
    })),
    deeds: deeds.map(({ at, action, address }) => ({ at: toIso(at), action, address })),
  };
}
