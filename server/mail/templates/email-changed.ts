import { compose, type Contents, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface EmailChanged {
  readonly person: Person;
  /** The old address. */
  readonly to: string;
  /** Only its beginning and its domain are written: who reads the old address need not learn the new one. */
  readonly newEmail: string;
  readonly at: Date;
}

/** `ana.novak@example.si` as `a***@example.si`; what is masked already stays as it is. */
const mask = (email: string): string => email.replace(/^(.)[^@]*@/u, '$1***@');

const contents: Contents<EmailChanged> = {
  sl: ({ newEmail, at }) => ({
    subject: 'Vaš e-naslov v iiPortalu je spremenjen',
    parts: [
      `E-naslov je bil spremenjen ${formatMoment(at, 'sl')}. Odslej se prijavljate z e-naslovom ${mask(newEmail)}. Na ta naslov sporočil ne pošiljamo več.`,
      'Če tega niste storili vi, se je z vašim geslom prijavil nekdo drug. Takoj pokličite svojega upravnika.',
    ],
  }),
  en: ({ newEmail, at }) => ({
    subject: 'Your e-mail address in iiPortal has changed',
    parts: [
      `The e-mail address was changed on ${formatMoment(at, 'en')}. From now on you sign in with the address ${mask(newEmail)}. We send no more messages to this one.`,
      'If it was not you who changed it, somebody else has signed in with your password. Call your manager at once.',
    ],
  }),
};

export const emailChangedMail = (facts: EmailChanged): OutgoingMail =>
  compose({ ...facts.person, kind: 'email-changed', to: facts.to }, contents[facts.person.language](facts));
