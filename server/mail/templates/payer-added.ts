import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PayerAdded {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<PayerAdded> = {
  sl: ({ manager, payer }) => ({
    subject: `Dodan plačnik: ${manager.name}`,
    parts: [
      `V iiPortalu ste dodali plačnika ${payer.name} (šifra ${payer.code}) pri upravniku ${manager.name}. Odslej vidite njegove razdelilnike.`,
      'Geslo z razdelilnika, ki ste ga vpisali, ne velja več.',
      'Če plačnika niste dodali vi, to takoj sporočite upravniku.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `Payer added: ${manager.name}`,
    parts: [
      `In iiPortal you added the payer ${payer.name} (code ${payer.code}) at ${manager.name}. From now on you see the payer's slips.`,
      'The slip password that you entered is no longer valid.',
      'If it was not you who added the payer, tell the manager at once.',
    ],
  }),
};

export const payerAddedMail = (facts: PayerAdded): OutgoingMail => toPerson('payer-added', contents, facts);
