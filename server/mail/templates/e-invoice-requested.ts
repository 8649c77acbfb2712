import type { Channel } from '../../../contract/slips.ts';
import { compose, type MailManager, type MailPayer } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';
import { byChannel } from './channel-words.ts';

interface EInvoiceRequested {
  readonly manager: MailManager;
  readonly payer: MailPayer;
  readonly channel: Channel;
}

/** To the office, in Slovene. An office without an e-mail address gets none. */
export const eInvoiceRequestedMail = ({ manager, payer, channel }: EInvoiceRequested): OutgoingMail | undefined =>
  manager.email === null
    ? undefined
    : compose(
        { kind: 'e-invoice-requested', language: 'sl', to: manager.email, manager },
        {
          subject: `${channel === 'none' ? 'Odjava od eRačuna' : 'Prošnja za eRačun'}: plačnik ${payer.code}`,
          parts: [
            channel === 'none'
              ? `Uporabnik plačnika ${payer.name} (šifra ${payer.code}) se želi odjaviti od eRačuna.`
              : `Uporabnik plačnika ${payer.name} (šifra ${payer.code}) želi prejemati eRačun ${byChannel.sl[channel]}.`,
            'Prošnjo potrdite ali zavrnite v programu iiPortal, v meniju »Prošnje za eRačun«.',
          ],
        },
      );
