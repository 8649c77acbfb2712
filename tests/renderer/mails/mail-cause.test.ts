import { describe, expect, it } from 'vitest';
import { mailCause } from '../../../src-renderer/shared/components/mail-cause.ts';

const rejected = "Can't send mail - all recipients were rejected: ";

describe('why a mail was not sent', () => {
  it.each([
    ['address', `${rejected}550 5.1.1 <ana@primer.si>: Recipient address rejected: User unknown in virtual mailbox`],
    ['address', `${rejected}550 No such user here`],
    ['address', `${rejected}553 sorry, that domain isn't in my list`],
    ['full', `${rejected}552 5.2.2 Mailbox full`],
    ['full', `${rejected}452 4.2.2 The email account is over quota`],
    ['refused', 'Message failed: 554 5.7.1 Spam message rejected'],
    ['refused', `${rejected}550 5.7.1 Blocked by policy`],
    ['account', 'Invalid login: 535 5.7.8 Error: authentication failed'],
    ['account', `${rejected}554 5.7.1 <ana@primer.si>: Relay access denied`],
    ['unreachable', 'connect ECONNREFUSED 127.0.0.1:25'],
    ['unreachable', 'getaddrinfo ENOTFOUND posta.primer.si'],
    ['unreachable', 'Greeting never received'],
    ['unreachable', 'Connection timeout'],
    ['unreachable', `${rejected}451 4.3.0 Temporary lookup failure`],
    ['changed', 'payer_changed'],
    ['document', 'document_failed'],
    ['other', 'The mail was not what I had hoped for'],
  ] as const)('is %s for "%s"', (cause, said) => {
    expect(mailCause(said)).toBe(cause);
  });
});
