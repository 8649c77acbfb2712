import type { Knex } from 'knex';
import { growingLimit, longestMemory as day, tally, windowLimit } from './limit.ts';

export type { Limit, Tally } from './limit.ts';

const minute = 60;
const quarter = 15 * minute;
const hour = 60 * minute;

/** After five tries: 30 seconds, 1 minute, 2, 4, 8, then 15 minutes each time. */
const guesses = { free: 5, first: 30, most: quarter, memory: day };

/** Each mail waits for the one before: 1 minute, 2, 4, ... For less than a code lives: the newest is always good. */
const mails = { free: 1, first: minute, most: hour / 2, memory: day };

/** What the limits of a payer count by: its code as typed, at that manager, whether or not there is such a payer. */
export const payerSubject = (managerId: string, payerCode: string): string => `${managerId} ${payerCode}`;

/**
 * Every limit there is, kept in the database, so that they hold over all processes. All pass by themselves.
 *
 * No stranger can lock anybody out. What slows a person down is counted together with the person's own network
 * (`signIn`, `registrationPayer`, `codeTries`), or needs the person's own session or password (`ownPassword`,
 * `secondFactor`). What is counted over all networks asks for a human check at the most (`signInAccount`), or passes
 * within a minute (`...All`). Requests for a reset code wait for each other wherever they come from, but each of them
 * that went through brought the owner a code that is good for longer than the wait.
 *
 * @see ARCHITECTURE.md, "Limits"
 */
export const createRateLimits = (db: Knex) => ({
  /** Wrong passwords for an e-mail as typed (known or not), from one network. Subject: e-mail; rest: address prefix. */
  signIn: growingLimit(db, { name: 'sign-in', ...guesses }),
  /** Wrong passwords for an e-mail from anywhere: past its points a human check is asked for. */
  signInAccount: tally(db, { name: 'sign-in-account', points: 10, duration: day }),
  /** Wrong passwords from an address prefix, whoever's: past its points a human check is asked for. */
  signInFailures: tally(db, { name: 'sign-in-failures', points: 20, duration: hour }),
  /** Sign-ins of any outcome. Subject: address prefix. */
  signInAddress: windowLimit(db, { name: 'sign-in-address', points: 100, duration: quarter }),
  signInAll: windowLimit(db, { name: 'sign-in-all', points: 1000, duration: minute }),
  /** Wrong slip passwords for a payer, from one network. Subject: `payerSubject`; rest: address prefix. */
  registrationPayer: growingLimit(db, { name: 'registration-payer', ...guesses }),
  registrationAddress: windowLimit(db, { name: 'registration-address', points: 60, duration: hour }),
  registrationAll: windowLimit(db, { name: 'registration-all', points: 600, duration: minute }),
  humanCheckAddress: windowLimit(db, { name: 'human-check-address', points: 120, duration: hour }),
  /** Mails with a confirmation code. Subject: account. `consume` says after how many seconds the next one goes. */
  emailCode: growingLimit(db, { name: 'email-code', ...mails }),
  /** Typing codes from mails. Subject: account, or e-mail as typed; rest: address prefix. */
  codeTries: growingLimit(db, { name: 'code', ...guesses }),
  /** The same by anyone who is not signed in. Subject: address prefix. */
  codeAddress: windowLimit(db, { name: 'code-address', points: 60, duration: hour }),
  /** Subject: e-mail as typed, known or not. */
  resetRequestEmail: growingLimit(db, { name: 'reset-email', ...mails }),
  /** Subject: address prefix. */
  resetRequestAddress: windowLimit(db, { name: 'reset-address', points: 30, duration: hour }),
  resetRequestAll: windowLimit(db, { name: 'reset-all', points: 300, duration: minute }),
  /** The own password, asked for again. Subject: account. */
  ownPassword: growingLimit(db, { name: 'own-password', ...guesses }),
  /** Codes of the second factor, by who knows the password. Subject: account. */
  secondFactor: growingLimit(db, { name: 'second-factor', ...guesses }),
  /** Calls by a key for other programs. Subject: the key. */
  program: windowLimit(db, { name: 'program', points: 600, duration: minute }),
  /** Subject: manager. */
  invitation: windowLimit(db, { name: 'invitation', points: 200, duration: day }),
  /** Requests for e-invoices, each of which is a mail to an office. Subject: account. */
  eInvoiceRequest: windowLimit(db, { name: 'e-invoice-request', points: 30, duration: hour }),
  /** Subject: account. */
  dataDownload: windowLimit(db, { name: 'data-download', points: 6, duration: hour }),
  /** The slips of a year as a ZIP. Subject: account. */
  slipsDownload: windowLimit(db, { name: 'slips-download', points: 20, duration: hour }),
});

export type RateLimits = ReturnType<typeof createRateLimits>;
