import { days, fromInstant, later, minutes } from '../db/time.ts';
import type { Mail } from '../models/mail.ts';

/** What nodemailer tells of a failure. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

export const smtpFailure = (error: unknown): SmtpFailure => {
  const { code, responseCode, command } = (error ?? {}) as SmtpFailure;
  return {
    ...(code === undefined ? {} : { code }),
    ...(responseCode === undefined ? {} : { responseCode }),
    ...(command === undefined ? {} : { command }),
  };
};

/** What the server says to a recipient or to a text is about this mail; all else is about the server, or our settings. */
function isAboutTheMail({ code, responseCode, command }: SmtpFailure): boolean {
  if (responseCode === undefined || responseCode === 421) return false;
  return (code === 'EENVELOPE' && command === 'RCPT TO') || code === 'EMESSAGE';
}

/** Refused for good: a later try would be refused as well. */
export const isRefused = (failure: SmtpFailure): boolean =>
  isAboutTheMail(failure) && failure.responseCode !== undefined && failure.responseCode >= 500;

/** The server cannot be reached, hangs, hangs up, does not know us: the other mails would fare no better now. */
export const isTrouble = (failure: SmtpFailure): boolean => !isAboutTheMail(failure);

const giveUpAfter = 2 * days;

/** Two days, from when the mail was written or the office asked for another try. */
export const isTooOld = ({ createdAt, retriedAt }: Mail, now: Date): boolean =>
  later(fromInstant(retriedAt ?? createdAt), giveUpAfter) < now;

const longestBackoff = 4 * 60 * minutes;

/** No mail waits for longer: what does comes from before the clock was set back. */
export const longestWait = 1.25 * longestBackoff;

/**
 * 1, 2, 4 ... minutes, at most 4 hours, a quarter more or less, so that what failed together does not come back together.
 * @param tries how many there were, at least one
 * @param chance 0 to 1
 */
export const backoff = (tries: number, chance: number): number =>
  Math.min(2 ** (tries - 1) * minutes, longestBackoff) * (0.75 + chance / 2);
