import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PayerReleased {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<PayerReleased> = {
  sl: ({ manager, payer }) => ({
    subject: `Sproščen plačnik: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} je v iiPortalu sprostil plačnika ${payer.name} (šifra ${payer.code}). Z vami ni več povezan, zato njegovih razdelilnikov ne vidite več.`,
      'Če mislite, da je to pomota, pokličite upravnika.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `Payer released: ${manager.name}`,
    parts: [
      `In iiPortal ${manager.name} released the payer ${payer.name} (code ${payer.code}). It is no longer linked to you, so you no longer see its slips.`,
      'If you think that this is a mistake, call the manager.',
    ],
  }),
};

export const payerReleasedMail = (facts: PayerReleased): OutgoingMail => toPerson('payer-released', contents, facts);
