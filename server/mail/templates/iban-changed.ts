import { formatIban } from '../../payments/iban.ts';
import { toPerson, type Contents, type MailManager, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface IbanChanged {
  readonly person: Person;
  readonly manager: MailManager;
  readonly iban: string;
  readonly before: string;
  /** The name of who did it. */
  readonly by: string;
  readonly at: Date;
}

const contents: Contents<IbanChanged> = {
  sl: ({ manager, iban, before, by, at }) => ({
    subject: `Nov račun za plačila: ${manager.name}`,
    parts: [
      `Pri upravniku ${manager.name} je ${formatMoment(at, 'sl')} ${by} spremenil(a) račun za plačila. Nanj bodo plačniki plačevali naloge, za katere datoteka z obračunom ne navede drugega.`,
      { list: [`Novi račun: ${formatIban(iban)}`, `Prejšnji račun: ${formatIban(before)}`] },
      'Razdelilniki, ki so že naloženi, ostanejo pri prejšnjem računu.',
      'Če za spremembo ne veste, v programu iiPortal takoj nastavite prejšnji račun: Nastavitve, Razdelilnik. Obračunov do takrat ne objavljajte. Nato preverite, kdo ima v vaši pisarni vlogo administratorja.',
    ],
  }),
  en: ({ manager, iban, before, by, at }) => ({
    subject: `New account for payments: ${manager.name}`,
    parts: [
      `On ${formatMoment(at, 'en')} ${by} changed the account for payments of ${manager.name}. Payers will pay orders to it for which the billing file names no other.`,
      { list: [`New account: ${formatIban(iban)}`, `Account before: ${formatIban(before)}`] },
      'Slips that are uploaded already keep the account before.',
      'If you know nothing of this change, set the account before in the iiPortal program at once: Settings, Slip. Publish no billing run until then. Then check who is an administrator in your office.',
    ],
  }),
};

/** To every admin: another account is where a thief would begin. */
export const ibanChangedMail = (facts: IbanChanged): OutgoingMail => toPerson('iban-changed', contents, facts);
