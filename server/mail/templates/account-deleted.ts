import { compose, type Content, type Person } from '../compose.ts';
import type { Language } from '../../../contract/registrations.ts';
import type { OutgoingMail } from '../outbox.ts';

const contents: Readonly<Record<Language, Content>> = {
  sl: {
    subject: 'Vaš uporabniški račun v iiPortalu je izbrisan',
    parts: [
      'Vaš uporabniški račun v iiPortalu in osebni podatki v njem so izbrisani. Vaše razdelilnike še naprej hrani upravnik.',
      'Če boste želeli iiPortal znova uporabljati, prosite upravnika za novo geslo z razdelilnika.',
      'Če tega niste storili vi, to takoj sporočite upravniku.',
    ],
  },
  en: {
    subject: 'Your iiPortal account has been deleted',
    parts: [
      'Your iiPortal account and the personal data in it have been deleted. Your manager still keeps your slips.',
      'To use iiPortal again, ask your manager for a new slip password.',
      'If it was not you who deleted the account, tell your manager at once.',
    ],
  },
};

/** Belongs to no account: those mails go when theirs does. */
export const accountDeletedMail = ({ person }: { readonly person: Omit<Person, 'accountId'> }): OutgoingMail => {
  const { language, email: to, firstName } = person;
  return compose({ kind: 'account-deleted', language, to, firstName }, contents[language]);
};
