import type { Mail, MailState } from '../../../contract/mails.ts';

export const mailTones = { waiting: 'accent', sent: 'paid', failed: 'late' } as const satisfies Record<
  MailState,
  string
>;

/** The server keeps the text of a mail that failed for so long; without it nothing can be sent again. */
const textIsKept = 30 * 24 * 60 * 60 * 1000;

export const isTooOld = ({ createdAt }: Mail, now: number = Date.now()): boolean =>
  now - Date.parse(createdAt) > textIsKept;

/** Whether there is more to be said than how it stands. */
export const isInTrouble = ({ state, lastError }: Mail): boolean =>
  state === 'failed' || (state === 'waiting' && lastError !== null);

/** When the state came about. */
export const momentOf = ({ state, createdAt, sentAt, failedAt }: Mail): string =>
  ({ waiting: null, sent: sentAt, failed: failedAt })[state] ?? createdAt;
