import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';
import { whatComes, type NewChannel } from './channel-words.ts';

interface EInvoiceChanged extends NewChannel {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<EInvoiceChanged> = {
  sl: ({ manager, payer, ...given }) => ({
    subject: `Sprememba eRačuna: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} je spremenil, kako prejemate razdelilnike za plačnika ${payer.name} (šifra ${payer.code}).`,
      whatComes(given, 'sl'),
      'Če mislite, da je to pomota, pokličite upravnika.',
    ],
  }),
  en: ({ manager, payer, ...given }) => ({
    subject: `E-invoice changed: ${manager.name}`,
    parts: [
      `${manager.name} has changed how you receive the slips of the payer ${payer.name} (code ${payer.code}).`,
      whatComes(given, 'en'),
      'If you think that this is a mistake, call the manager.',
    ],
  }),
};

export const eInvoiceChangedMail = (facts: EInvoiceChanged): OutgoingMail =>
  toPerson('e-invoice-changed', contents, facts);
