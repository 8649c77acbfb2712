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
      `Iz svojega računa ste odstranili plačnika ${payer.name} (šifra ${payer.code}) pri upravniku ${manager.name}. Njegovih razdelilnikov v iiPortalu ne vidite več.`,
      'Če ga boste želeli znova dodati, prosite upravnika za novo geslo z razdelilnika.',
      'Če plačnika niste odstranili vi, to takoj sporočite upravniku.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `Payer removed: ${manager.name}`,
    parts: [
      `You removed the payer ${payer.name} (code ${payer.code}) at ${manager.name} from your account. You no longer see the payer's slips in iiPortal.`,
      'To add the payer again, ask the manager for a new slip password.',
      'If it was not you who removed the payer, tell the manager at once.',
    ],
  }),
};

export const payerRemovedMail = (facts: PayerRemoved): OutgoingMail => toPerson('payer-removed', contents, facts);
