import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';
import { whatComes, type NewChannel } from './channel-words.ts';

interface EInvoiceConfirmed extends NewChannel {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<EInvoiceConfirmed> = {
  sl: ({ manager, payer, ...given }) => ({
    subject: `${given.channel === 'none' ? 'Odjava od eRačuna potrjena' : 'eRačun potrjen'}: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} je potrdil vašo prošnjo za plačnika ${payer.name} (šifra ${payer.code}).`,
      whatComes(given, 'sl'),
      'Način prejemanja lahko kadar koli spremenite v programu iiPortal, v meniju »Profil« pod »eRačun«.',
    ],
  }),
  en: ({ manager, payer, ...given }) => ({
    subject: `${given.channel === 'none' ? 'End of e-invoices confirmed' : 'E-invoice confirmed'}: ${manager.name}`,
    parts: [
      `${manager.name} has confirmed your request for the payer ${payer.name} (code ${payer.code}).`,
      whatComes(given, 'en'),
      'You can change this at any time in the iiPortal program, under “Profile”, “eRačun”.',
    ],
  }),
};

export const eInvoiceConfirmedMail = (facts: EInvoiceConfirmed): OutgoingMail =>
  toPerson('e-invoice-confirmed', contents, facts);
