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
      `Svojemu računu ste dodali plačnika ${payer.name} (šifra ${payer.code}) pri upravniku ${manager.name}. Njegove razdelilnike odslej vidite v iiPortalu.`,
      'Geslo z razdelilnika, ki ste ga vpisali, ne velja več.',
      'Če plačnika niste dodali vi, to takoj sporočite upravniku.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `Payer added: ${manager.name}`,
    parts: [
      `You added the payer ${payer.name} (code ${payer.code}) at ${manager.name} to your account. From now on you see the payer's slips in iiPortal.`,
      'The slip password that you entered is no longer valid.',
      'If it was not you who added the payer, tell the manager at once.',
    ],
  }),
};

export const payerAddedMail = (facts: PayerAdded): OutgoingMail => toPerson('payer-added', contents, facts);
