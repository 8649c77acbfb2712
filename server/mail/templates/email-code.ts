import { compose, type Contents, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface EmailCode {
  readonly person: Person;
  /** The address to be confirmed, which need not be the account's yet. */
  readonly to: string;
  /** Six digits. */
  readonly code: string;
}

const contents: Contents<EmailCode> = {
  sl: ({ code }) => ({
    subject: 'Koda za potrditev e-naslova',
    parts: [
      'Da potrdite ta e-naslov, vpišite v iiPortal to kodo:',
      { code },
      'Koda velja 24\u00a0ur. Ne povejte je nikomur.',
      'Če kode niste zahtevali vi, izbrišite to sporočilo. Brez kode se ne zgodi nič.',
    ],
  }),
  en: ({ code }) => ({
    subject: 'Code to confirm your e-mail address',
    parts: [
      'To confirm this e-mail address, enter this code in iiPortal:',
      { code },
      'The code is valid for 24\u00a0hours. Do not tell it to anybody.',
      'If it was not you who asked for the code, delete this message. Without the code nothing happens.',
    ],
  }),
};

export const emailCodeMail = (facts: EmailCode): OutgoingMail =>
  compose({ ...facts.person, kind: 'email-code', to: facts.to }, contents[facts.person.language](facts));
