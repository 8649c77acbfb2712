import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PayerRemoved {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<PayerRemoved> = {
  sl: ({ manager, payer }) => ({
    subject: `Odstranjen plačnik: ${manager.name}`,
    parts: [
      `V iiPortalu ste odstranili plačnika ${payer.name} (šifra ${payer.code}) pri upravniku ${manager.name}. Njegovih razdelilnikov ne vidite več.`,
      'Če ga boste želeli znova dodati, prosite upravnika za novo geslo z razdelilnika.',
      'Če plačnika niste odstranili vi, to takoj sporočite upravniku.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `Payer removed: ${manager.name}`,
    parts: [
      `In iiPortal you removed the payer ${payer.name} (code ${payer.code}) at ${manager.name}. You no longer see the payer's slips.`,
      'To add the payer again, ask the manager for a new slip password.',
      'If it was not you who removed the payer, tell the manager at once.',
    ],
  }),
};

export const payerRemovedMail = (facts: PayerRemoved): OutgoingMail => toPerson('payer-removed', contents, facts);
