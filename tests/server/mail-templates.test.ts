import { describe, expect, it } from 'vitest';
import { mailKindSchema, type MailKind } from '../../contract/mails.ts';
import type { Language } from '../../contract/registrations.ts';
import { formatMoment, formatPeriod } from '../../server/mail/dates.ts';
import type { OutgoingMail } from '../../server/mail/outbox.ts';
import { accountDeletedMail } from '../../server/mail/templates/account-deleted.ts';
import { eInvoiceChangedMail } from '../../server/mail/templates/e-invoice-changed.ts';
import { eInvoiceConfirmedMail } from '../../server/mail/templates/e-invoice-confirmed.ts';
import { eInvoiceRefusedMail } from '../../server/mail/templates/e-invoice-refused.ts';
import { eInvoiceRequestedMail } from '../../server/mail/templates/e-invoice-requested.ts';
import { emailChangedMail } from '../../server/mail/templates/email-changed.ts';
import { emailCodeMail } from '../../server/mail/templates/email-code.ts';
import { invitationMail } from '../../server/mail/templates/invitation.ts';
import { ibanChangedMail } from '../../server/mail/templates/iban-changed.ts';
import { newSlipMail } from '../../server/mail/templates/new-slip.ts';
import { passwordChangedMail } from '../../server/mail/templates/password-changed.ts';
import { passwordResetMail } from '../../server/mail/templates/password-reset.ts';
import { payerAddedMail } from '../../server/mail/templates/payer-added.ts';
import { payerLeftMail } from '../../server/mail/templates/payer-left.ts';
import { payerReleasedMail } from '../../server/mail/templates/payer-released.ts';
import { payerRemovedMail } from '../../server/mail/templates/payer-removed.ts';
import { apiKeyCreatedMail } from '../../server/mail/templates/api-key-created.ts';
import { secondFactorMail } from '../../server/mail/templates/second-factor.ts';
import { slipPdfMail } from '../../server/mail/templates/slip-pdf.ts';
import { welcomeMail } from '../../server/mail/templates/welcome.ts';
import { someManager, somePerson } from '../helpers/outgoing-mails.ts';

const portal = 'https://portal.example';
const at = new Date('2026-11-23T14:05:00Z');
const until = new Date('2026-11-23T15:05:00Z');
const code = 'K7QM3XRT9WVDT';
const payer = { code: '104217', name: 'Žiga <b>Čehovin</b> & sin' };
const slips = [{ period: '2026-10', payerName: payer.name }];
const slip = { id: 'ef'.repeat(16), number: '26100001', period: '2026-10', dueDate: '2026-11-30', totalCents: 123_456 };
const byEmail = { channel: 'email', email: 'placnik@example.si' } as const;
/** To the office, which reads Slovene. */
const toOffice: readonly MailKind[] = ['payer-left', 'e-invoice-requested'];

/** Each mail there is, in each language in which it is written. */
function everyMail(language: Language, name = 'Živa <i>"Č"</i>', managerName = 'Upravnik & "Šuštar" <d.o.o.>') {
  const person = { ...somePerson, language, firstName: name };
  const manager = { ...someManager, name: managerName };
  const mails: Partial<Record<MailKind, OutgoingMail | undefined>> = {
    welcome: welcomeMail({ person, manager, portal, code: '123456' }),
    'email-code': emailCodeMail({ person, to: 'nova@example.si', code: '123456' }),
    'email-changed': emailChangedMail({ person, to: 'stara@example.si', newEmail: 'nova.ziva@example.si', at }),
    'password-reset': passwordResetMail({ person, code, until }),
    'password-changed': passwordChangedMail({ person, at }),
    'payer-added': payerAddedMail({ person, manager, payer }),
    'payer-removed': payerRemovedMail({ person, manager, payer }),
    'payer-released': payerReleasedMail({ person, manager, payer }),
    'payer-left': payerLeftMail({ manager, payer }),
    'account-deleted': accountDeletedMail({ person }),
    invitation: invitationMail({ email: person.email, language, manager, role: 'admin', code, portal }),
    'new-slip': newSlipMail({ person, manager, slips, portal }),
    'slip-pdf': slipPdfMail({ language, to: 'placnik@example.si', manager, payer, slip }),
    'e-invoice-requested': eInvoiceRequestedMail({ manager, payer, channel: 'email' }),
    'e-invoice-confirmed': eInvoiceConfirmedMail({ person, manager, payer, ...byEmail }),
    'e-invoice-refused': eInvoiceRefusedMail({ person, manager, payer, channel: 'bank', reason: 'Račun je tuj.' }),
    'e-invoice-changed': eInvoiceChangedMail({ person, manager, payer, ...byEmail }),
    'second-factor': secondFactorMail({ person, isOn: true, at }),
    'iban-changed': ibanChangedMail({
      ...{ person, manager, iban: 'SI56990000012345646', before: 'SI56020170014356205', by: name, at },
    }),
    'api-key-created': apiKeyCreatedMail({
      person,
      manager,
      name: 'Saop',
      scopes: ['runs:read'],
      expiresAt: until,
      at,
    }),
  };
  return mails as Record<MailKind, OutgoingMail>;
}

/** What is read of the HTML, one line an element. */
const readable = (html: string): string =>
  html
    .replace(/^[^]*<body[^>]*>/, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
    );

const cases = (['sl', 'en'] as const).flatMap((language) =>
  mailKindSchema.options.map((kind) => [kind, language, everyMail(language)[kind]] as const),
);

describe.each(cases)('%s in %s', (kind, language, mail) => {
  it('is what it says it is', () => {
    expect(mail.kind).toBe(kind);
    expect(mail.language).toBe(toOffice.includes(kind) ? 'sl' : language);
    expect(mail.html).toContain(`<html lang="${mail.language}">`);
    expect(mail.subject.length).toBeGreaterThan(5);
  });

  it('says the same in text and in HTML', () => {
    const seen = readable(mail.html).replace(/\s+/g, ' ');
    const paragraphs = mail.text.split('\n').map((line) =>
      line
        .replace(/^[ -]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    expect(paragraphs.filter(Boolean).length).toBeGreaterThan(3);
    for (const paragraph of paragraphs) expect(seen).toContain(paragraph);
    expect(mail.text).not.toMatch(/undefined|null|\[object/);
  });

  it('has no markup but its own, and nothing that is fetched', () => {
    expect(mail.html).not.toMatch(/<(b|i|script|style|img|link|iframe|svg|object)\b/i);
    expect(mail.html).not.toMatch(/url\(|src=|@import/i);
    for (const [, address] of mail.html.matchAll(/href="([^"]*)"/g)) expect(address).toBe(portal);
    // No colour of letters or ground: a dark mail program chooses both.
    expect(mail.html).not.toMatch(/[";](color|background)[^;"]*:/);
  });

  it('keeps its code out of the subject, which is not erased', () => {
    expect(mail.subject).not.toMatch(/123456|K7QM/);
  });
});

describe('the mails', () => {
  it('show a code as it is to be typed', () => {
    const { 'password-reset': reset, invitation, 'email-code': confirmation, welcome } = everyMail('sl');
    for (const { text, html } of [reset, invitation]) {
      expect(text).toContain('\n    K7QM-3XRT-9WVDT\n');
      expect(html).toMatch(/font-size:26px[^>]*>K7QM-3XRT-9WVDT</);
    }
    for (const { html } of [confirmation, welcome]) expect(html).toMatch(/font-size:26px[^>]*>123456</);
    const withHyphens = passwordResetMail({ person: somePerson, code: 'K7QM-3XRT-9WVDT', until });
    expect(withHyphens.text).toBe(passwordResetMail({ person: somePerson, code, until }).text);
  });

  it('know whose they are', () => {
    const mails = everyMail('sl');
    const ofManager = [
      'welcome',
      'payer-added',
      'payer-removed',
      'payer-released',
      'payer-left',
      'invitation',
      'new-slip',
      'slip-pdf',
      'e-invoice-requested',
      'e-invoice-confirmed',
      'e-invoice-refused',
      'e-invoice-changed',
      'api-key-created',
      'iban-changed',
    ];
    const ofNoAccount = [...toOffice, 'account-deleted', 'invitation', 'slip-pdf'];
    for (const mail of Object.values(mails)) {
      const isManagers = ofManager.includes(mail.kind);
      expect([mail.kind, mail.managerId]).toEqual([mail.kind, isManagers ? someManager.id : null]);
      expect([mail.kind, mail.replyTo]).toEqual([mail.kind, isManagers ? someManager.email : null]);
      const accountId = ofNoAccount.includes(mail.kind) ? null : somePerson.accountId;
      expect([mail.kind, mail.accountId]).toEqual([mail.kind, accountId]);
      expect([mail.kind, mail.slipId]).toEqual([mail.kind, mail.kind === 'slip-pdf' ? slip.id : null]);
    }
  });

  it('go where they must', () => {
    const mails = everyMail('sl');
    const others = {
      'email-code': 'nova@example.si',
      'email-changed': 'stara@example.si',
      'payer-left': someManager.email,
      'e-invoice-requested': someManager.email,
      'slip-pdf': 'placnik@example.si',
    };
    for (const { kind, to } of Object.values(mails)) {
      expect([kind, to]).toEqual([kind, (others as Partial<Record<MailKind, string>>)[kind] ?? somePerson.email]);
    }
  });

  it.each([
    ['long', 'Dolgo ime '.repeat(60)],
    ['of several lines', 'Ime\r\nBcc: x@example.si\n\u2028\u0085Bcc: y'],
    ['with what is not seen', 'Ime\u202e\u200b\u2066\u00ad'],
  ])('fit their columns and stay in one line when a name is %s', (_, nasty) => {
    for (const { kind, subject, text } of Object.values(everyMail('sl', nasty, nasty))) {
      expect([kind, [...subject].length <= 200]).toEqual([kind, true]);
      expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
      expect(text).not.toMatch(/^Bcc/m);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    }
  });

  it('cut a subject between characters, not within one', () => {
    const [cut] = [everyMail('sl', 'Živa', '😀'.repeat(300)).welcome.subject];
    expect([...cut]).toHaveLength(200);
    expect(cut.endsWith('😀…')).toBe(true);
  });

  it('do not tell the old address the new one', () => {
    const { text, html } = everyMail('sl')['email-changed'];
    for (const body of [text, html]) {
      expect(body).toContain('n***@example.si');
      expect(body).not.toContain('nova.ziva');
    }
    const masked = emailChangedMail({ person: somePerson, to: 'a@example.si', newEmail: 'n***@example.si', at });
    expect(masked.text).toContain(' n***@example.si');
  });

  it('leave out what the office has not: a phone, an address to answer to', () => {
    const manager = { ...someManager, phone: null, email: null };
    const mail = payerAddedMail({ person: somePerson, manager, payer });
    expect(mail.replyTo).toBeNull();
    expect(mail.text).not.toMatch(/Telefon|E-naslov/);
    expect(mail.text.trimEnd().endsWith(someManager.name)).toBe(true);
    expect(payerLeftMail({ manager, payer })).toBeUndefined();
  });

  it("carry the manager's own words, and none of their markup", () => {
    const words = { mailWelcomeText: '<b>A</b> & Č', mailSlipText: '<i>B</i>', mailSignature: '<u>C</u>' };
    const manager = { ...someManager, ...words };
    const { text, html } = welcomeMail({ person: somePerson, manager, portal, code: '123456' });
    expect(text).toContain('<b>A</b> & Č');
    expect(html).toContain('&lt;b&gt;A&lt;/b&gt; &amp; Č');
    expect(html).toContain('&lt;u&gt;C&lt;/u&gt;');
    expect(text).not.toContain('<i>B</i>');
    const slipMail = newSlipMail({ person: somePerson, manager, slips, portal });
    expect(slipMail.html).toContain('&lt;i&gt;B&lt;/i&gt;');
    expect(payerAddedMail({ person: somePerson, manager, payer }).text).not.toMatch(/A<|B</);
  });

  it.each([
    [1, 'Nov razdelilnik: ', 'New slip: '],
    [2, 'Nova razdelilnika: ', 'New slips: '],
    [3, 'Novi razdelilniki: ', 'New slips: '],
    [7, 'Novi razdelilniki: ', 'New slips: '],
  ])('count %i slips as people do', (count, slovene, english) => {
    const many = Array.from({ length: count }, () => slips[0]!);
    const mailIn = (language: Language) =>
      newSlipMail({ person: { ...somePerson, language }, manager: someManager, slips: many, portal });
    expect(mailIn('sl').subject).toBe(slovene + someManager.name);
    expect(mailIn('en').subject).toBe(english + someManager.name);
    expect(mailIn('sl').text.match(/^- .*: oktober 2026$/gm)).toHaveLength(count);
    expect(mailIn('en').text.match(/^- .*: October 2026$/gm)).toHaveLength(count);
  });

  it("tell the time by Slovenia's clocks, summer and winter", () => {
    expect(everyMail('sl')['password-changed'].text).toContain('23. 11. 2026 ob 15:05');
    expect(everyMail('sl')['password-reset'].text).toContain('Koda velja do 23. 11. 2026 ob 16:05, uporabite jo');
    expect(everyMail('en')['second-factor'].text).toContain('23 November 2026 at 15:05');
    expect(formatMoment(new Date('2026-07-05T22:05:00Z'), 'sl')).toBe('6. 7. 2026 ob 00:05');
    expect(formatMoment(new Date('2026-12-31T23:30:00Z'), 'sl')).toBe('1. 1. 2027 ob 00:30');
    expect(formatPeriod('2026-01', 'sl')).toBe('januar 2026');
    expect(formatPeriod('2026-12', 'en')).toBe('December 2026');
  });
});
