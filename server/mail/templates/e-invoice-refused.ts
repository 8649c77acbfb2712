import type { Channel } from '../../../contract/slips.ts';
import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';
import { byChannel } from './channel-words.ts';

interface EInvoiceRefused {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
  readonly channel: Channel;
  readonly reason: string;
}

const contents: Contents<EInvoiceRefused> = {
  sl: ({ manager, payer, channel, reason }) => ({
    subject: `Prošnja za eRačun ni potrjena: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} ni potrdil vaše prošnje za plačnika ${payer.name} (šifra ${payer.code}): ${channel === 'none' ? 'odjava od eRačuna' : `eRačun ${byChannel.sl[channel]}`}.`,
      `Razlog: ${reason}`,
      'Razdelilnike prejemate tako kot doslej. V programu iiPortal lahko pošljete novo prošnjo.',
    ],
  }),
  en: ({ manager, payer, channel, reason }) => ({
    subject: `E-invoice request not confirmed: ${manager.name}`,
    parts: [
      `${manager.name} has not confirmed your request for the payer ${payer.name} (code ${payer.code}): ${channel === 'none' ? 'end of e-invoices' : `e-invoice ${byChannel.en[channel]}`}.`,
      `Reason: ${reason}`,
      'You receive the slips as before. You can send a new request in the iiPortal program.',
    ],
  }),
};

export const eInvoiceRefusedMail = (facts: EInvoiceRefused): OutgoingMail =>
  toPerson('e-invoice-refused', contents, facts);
