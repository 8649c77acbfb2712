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
          subject: `Plačnik ${payer.code} nima več uporabnika`,
          parts: [
            `Plačnik ${payer.name} (šifra ${payer.code}) v iiPortalu nima več uporabnika. Uporabnik je plačnika odstranil ali pa je izbrisal svoj uporabniški račun. Razdelilnikov tega plačnika v iiPortalu zdaj ne vidi nihče od stanovalcev.`,
            'Če ga bo kdo želel znova dodati, v iiPortalu izdajte novo geslo z razdelilnika.',
          ],
        },
      );
