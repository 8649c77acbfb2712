import { compose, type MailManager, type MailPayer } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PayerLeft {
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

/** To the office, in Slovene. An office without an e-mail address gets none. */
export const payerLeftMail = ({ manager, payer }: PayerLeft): OutgoingMail | undefined =>
  manager.email === null
    ? undefined
    : compose(
        { kind: 'payer-left', language: 'sl', to: manager.email, manager },
        {
          subject: `Plačnik ${payer.code} ni več povezan z računom`,
          parts: [
            `Uporabnik je iz svojega računa v iiPortalu odstranil plačnika ${payer.name} (šifra ${payer.code}). Razdelilnikov tega plačnika v iiPortalu zdaj ne vidi nihče.`,
            'Za nov dostop mu v iiPortalu izdajte novo geslo z razdelilnika.',
          ],
        },
      );
