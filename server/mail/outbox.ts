import type { Knex } from 'knex';
import { newId } from '../db/id.ts';
import { toInstant } from '../db/time.ts';
import { Mail } from '../models/mail.ts';

export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Mails are written to a table in the transaction that is their reason, and sent later: a mail is never sent for
 * something that was rolled back, and no request waits for a mail server.
 */
export interface Outbox {
  readonly add: (trx: Knex, mail: OutgoingMail) => Promise<void>;
}

/** C0 and C1: among them the line break that would begin a header of somebody else's. */
const control = /\p{Cc}/u;

function assertHeader(text: string): void {
  if (control.test(text)) throw new Error('a control character in a mail header');
}

/** @param host what stands behind the @ of the message ids */
export function createOutbox(clock: () => Date, host: string): Outbox {
  return {
    add: async (trx, { to, subject, text }) => {
      assertHeader(to);
      assertHeader(subject);
      const id = newId();
      const now = toInstant(clock());
      await Mail.query(trx).insert({
        id,
        toAddress: to,
        subject,
        text,
        // The same for every try, so that a mail that arrives twice is shown once.
        messageId: `<${id}@${host}>`,
        createdAt: now,
        nextTryAt: now,
      });
    },
  };
}
