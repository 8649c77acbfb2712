import type { Knex } from 'knex';
import type { MailKind } from '../../contract/mails.ts';
import type { Language } from '../../contract/registrations.ts';
import { breathe, insertRows, type Cell } from '../db/bulk.ts';
import { timedId } from '../db/id.ts';
import { toInstant } from '../db/time.ts';

export interface OutgoingMail {
  readonly kind: MailKind;
  readonly language: Language;
  readonly to: string;
  /** Where an answer goes; null: to the sender's address. */
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Whose office sees the mail in its list; null: no office. */
  readonly managerId: string | null;
  /** With which account the mail goes, sent or not. */
  readonly accountId: string | null;
  /** The manager's slip that goes along as a PDF. */
  readonly slipId: string | null;
  /** The manager's import whose publication it is about: it is taken back with it. */
  readonly importId?: string;
}

/**
 * Mails are written to a table in the transaction that is their reason, and sent later: a mail is never sent for
 * something that was rolled back, and no request waits for a mail server.
 */
export interface Outbox {
  readonly add: (trx: Knex, mail: OutgoingMail) => Promise<void>;
  /** Any number of mails, read one after the other, so that they need not all be in memory. */
  readonly addMany: (trx: Knex, mails: Iterable<OutgoingMail> | AsyncIterable<OutgoingMail>) => Promise<void>;
}

/** C0 and C1: among them the line break that would begin a header of somebody else's. */
const control = /\p{Cc}/u;

/** One address and nothing else: no list, no name, no route. The contract's schemas allow less than this. */
const address = /^[^\s\p{Cc}<>()[\],;:"\\@]+@[^\s\p{Cc}<>()[\],;:"\\@]+$/u;

/** Whether a mail can be sent there. */
export const isAddress = (text: string): boolean => address.test(text);

function assertHeaders({ to, replyTo, subject }: OutgoingMail): void {
  if (control.test(subject)) throw new Error('a control character in the subject of a mail');
  if (!isAddress(to) || (replyTo !== null && !isAddress(replyTo))) throw new Error('a mail to what is no address');
}

const columns = [
  ...[
    'id',
    'kind',
    'language',
    'manager_id',
    'account_id',
    'slip_id',
    'import_id',
    'to_address',
    'reply_to',
    'subject',
    'text',
    'html',
  ],
  ...['message_id', 'created_at', 'next_try_at'],
] as const;

/** Some hundred kilobytes: far below what a database takes in one statement. */
const rowsAtOnce = 100;

/** @param host what stands behind the @ of the message ids */
export function createOutbox(clock: () => Date, host: string): Outbox {
  function rowOf(mail: OutgoingMail, now: string): Cell[] {
    assertHeaders(mail);
    const { kind, language, managerId, accountId, slipId, importId, to, replyTo, subject, text, html } = mail;
    const id = timedId(clock());
    // The message id is the same for every try, so that a mail that arrives twice is shown once.
    const owners = [managerId, accountId, slipId, importId ?? null];
    return [id, kind, language, ...owners, to, replyTo, subject, text, html, `<${id}@${host}>`, now, now];
  }

  async function addMany(trx: Knex, mails: Parameters<Outbox['addMany']>[1]): Promise<void> {
    const now = toInstant(clock());
    let rows: Cell[][] = [];
    for await (const mail of mails) {
      rows.push(rowOf(mail, now));
      if (rows.length < rowsAtOnce) continue;
      await insertRows(trx, 'mails', columns, rows);
      rows = [];
      await breathe();
    }
    await insertRows(trx, 'mails', columns, rows);
  }

  return { add: (trx, mail) => addMany(trx, [mail]), addMany };
}
