/** Why a mail was not sent, as far as an office can do something about it. */
export type MailCause = 'changed' | 'document' | 'address' | 'full' | 'refused' | 'account' | 'unreachable' | 'other';

/**
 * What gives a cause away in a mail server's words: enhanced status codes (RFC 3463) first, because they are the
 * clearest, then reply codes and what servers usually write. The first that fits counts.
 */
const signs: readonly (readonly [MailCause, RegExp])[] = [
  // The portal's own words: the mail server was not asked at all.
  ['changed', /^payer_changed$/],
  ['document', /^(document_failed|not_found|unavailable)$/],
  ['full', /\b[45]\.2\.2\b|\b[45]52\b|quota|mailbox (is )?full|insufficient storage/i],
  [
    'address',
    /\b5\.1\.\d|user unknown|unknown user|no such (user|recipient|mailbox)|does not exist|invalid recipient/i,
  ],
  ['account', /\b5\.7\.[89]\b|\b53[045]\b|invalid login|authenticat|relay(ing)? (access )?denied/i],
  ['refused', /\b5\.7\.\d+\b|spam|blocked|blacklist|blocklist|policy|\b554\b/i],
  ['address', /\b55[013]\b|mailbox unavailable/i],
  [
    'unreachable',
    /E(CONN|HOST|NET|TIMEDOUT|AI_|DNS|SOCKET)\w*|ENOTFOUND|time(d )?out|greeting|socket|closed|\b4\d\d\b|TLS/i,
  ],
];

export const mailCause = (said: string): MailCause => signs.find(([, sign]) => sign.test(said))?.[0] ?? 'other';
