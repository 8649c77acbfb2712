import type { Knex } from 'knex';
import { later, minutes } from '../db/time.ts';
import type { Logger } from '../logger.ts';
import type { Mail } from '../models/mail.ts';
import { CannotAttach, type Attachment, type AttachmentsOf } from './attachments.ts';
import { claimNext, giveUp, noteSent, putBack } from './claims.ts';
import { backoff, isRefused, isTooOld, isTrouble, smtpFailure } from './failures.ts';
import { connections, type MailTransport } from './transport.ts';

export interface SenderOptions {
  readonly db: Knex;
  readonly clock: () => Date;
  /** 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly transport: MailTransport;
  readonly attachmentsOf: AttachmentsOf;
}

export interface Sender {
  /**
   * Sends what is due, several at a time. Resolves when each was tried once, or the mail server is in trouble: then
   * the rest stays for later.
   */
  readonly sendDue: () => Promise<'done' | 'trouble'>;
  /** Begins no further mail. */
  readonly stop: () => void;
  /** Breaks off the mails that are being sent. They stay due, with the same message id. */
  readonly breakOff: () => void;
}

/** No try lasts longer, however slowly the server trickles; well within the claim. */
const longestTry = 2 * minutes;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

export function createSender(options: SenderOptions): Sender {
  const { db, clock, random, logger, transport, attachmentsOf } = options;
  const brokenOff = new AbortController();
  let stopped = false;
  let inTrouble = false;

  async function noteFailure(mail: Mail, error: unknown): Promise<void> {
    const now = clock();
    const failure = smtpFailure(error);
    const reason = wordsOf(error);
    // By us: neither the mail nor the server is at fault.
    if (brokenOff.signal.aborted) return putBack(db, mail, now, reason);
    if (isTrouble(failure)) inTrouble = true;
    const gaveUp = isRefused(failure) || isTooOld(mail, now);
    // Mail servers repeat the address in what they say: that stays in the outbox, the log gets the codes.
    logger.warn({ mailId: mail.id, tries: mail.tries, gaveUp, ...failure }, 'mail not sent');
    if (gaveUp) return giveUp(db, mail, now, reason);
    return putBack(db, mail, later(now, backoff(mail.tries, random())), reason);
  }

  /** What cannot be attached is about this mail alone: the mail server is not asked, and not in trouble. */
  async function noteUnmade(mail: Mail, error: unknown): Promise<void> {
    const now = clock();
    const gaveUp = error instanceof CannotAttach || isTooOld(mail, now);
    logger.warn({ mailId: mail.id, tries: mail.tries, gaveUp, err: error }, 'mail without its attachment not sent');
    if (gaveUp) return giveUp(db, mail, now, wordsOf(error));
    return putBack(db, mail, later(now, backoff(mail.tries, random())), wordsOf(error));
  }

  async function deliver(mail: Mail): Promise<void> {
    let attachments: readonly Attachment[];
    try {
      attachments = await attachmentsOf(mail);
    } catch (error) {
      return noteUnmade(mail, error);
    }
    try {
      await transport.send(mail, attachments, AbortSignal.any([brokenOff.signal, AbortSignal.timeout(longestTry)]));
    } catch (error) {
      return noteFailure(mail, error);
    }
    return noteSent(db, mail, clock());
  }

  async function sendOneByOne(): Promise<void> {
    while (!stopped && !inTrouble) {
      const mail = await claimNext(db, clock());
      if (!mail) return;
      await deliver(mail);
    }
  }

  return {
    sendDue: async () => {
      inTrouble = false;
      const ends = await Promise.allSettled(Array.from({ length: connections }, sendOneByOne));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      return inTrouble ? 'trouble' : 'done';
    },
    stop: () => {
      stopped = true;
    },
    breakOff: () => brokenOff.abort(),
  };
}
