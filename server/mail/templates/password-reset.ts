import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { toPerson, type Contents, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PasswordReset {
  readonly person: Person;
  /** 13 characters, with or without hyphens. */
  readonly code: string;
  /** When the code ends. */
  readonly until: Date;
}

const printed = (code: string): string => formatSlipPassword(code.replaceAll('-', ''));

const contents: Contents<PasswordReset> = {
  sl: ({ code, until }) => ({
    subject: 'Koda za novo geslo',
    parts: [
      'Za vaš e-naslov je nekdo, najbrž vi, v iiPortalu izbral »POZABLJENO GESLO«. V program vpišite to kodo in si izberite novo geslo:',
      { code: printed(code) },
      `Koda velja do ${formatMoment(until, 'sl')}, uporabite jo lahko samo enkrat. Ne povejte je nikomur.`,
      'Če kode niste zahtevali vi, izbrišite to sporočilo. Vaše geslo ostane, kakršno je.',
    ],
  }),
  en: ({ code, until }) => ({
    subject: 'Code for a new password',
    parts: [
      'Somebody, most likely you, chose “FORGOTTEN PASSWORD” in iiPortal for your e-mail address. Enter this code in the program, and choose a new password:',
      { code: printed(code) },
      `The code is valid until ${formatMoment(until, 'en')}, and once only. Do not tell it to anybody.`,
      'If it was not you who asked for it, delete this message. Your password stays as it is.',
    ],
  }),
};

export const passwordResetMail = (facts: PasswordReset): OutgoingMail => toPerson('password-reset', contents, facts);
