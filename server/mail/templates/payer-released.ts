import { toPerson, type Contents, type MailManager, type MailPayer, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PayerReleased {
  readonly person: Person;
  readonly manager: MailManager;
  readonly payer: MailPayer;
}

const contents: Contents<PayerReleased> = {
  sl: ({ manager, payer }) => ({
    subject: `Plačnik ni več v vašem računu: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} je iz vašega računa odstranil plačnika ${payer.name} (šifra ${payer.code}). Njegovih razdelilnikov v iiPortalu ne vidite več.`,
      'Če se vam zdi, da je to pomota, se obrnite na upravnika.',
    ],
  }),
  en: ({ manager, payer }) => ({
    subject: `A payer is no longer in your account: ${manager.name}`,
    parts: [
      `${manager.name} removed the payer ${payer.name} (code ${payer.code}) from your account. You no longer see the payer's slips in iiPortal.`,
      'If you think that this is a mistake, turn to the manager.',
    ],
  }),
};

export const payerReleasedMail = (facts: PayerReleased): OutgoingMail => toPerson('payer-released', contents, facts);
