import type { OutgoingMail } from '../../server/mail/outbox.ts';

export const somePerson = {
  language: 'sl',
  email: 'ziva@example.si',
  firstName: 'Živa',
  accountId: 'ac'.repeat(16),
} as const;

export const someManager = {
  id: 'ad'.repeat(16),
  name: 'Upravljanje Čebašek d.o.o.',
  email: 'pisarna@upravnik.example',
  phone: '01 234 56 78',
};

/** A mail of nobody's, to be sent. */
export const someMail: OutgoingMail = {
  kind: 'welcome',
  language: 'sl',
  to: 'ziva@example.si',
  replyTo: null,
  subject: 'Dobrodošli: čšž',
  text: 'Pozdravljeni, Živa! Koda: 123456\n',
  html: '<p>Pozdravljeni, Živa! Koda: 123456</p>',
  managerId: null,
  accountId: null,
  slipId: null,
};
