import { toPerson, type Contents, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface SecondFactor {
  readonly person: Person;
  readonly isOn: boolean;
  readonly at: Date;
}

const contents: Contents<SecondFactor> = {
  sl: ({ isOn, at }) => ({
    subject: isOn ? 'Prijava v dveh korakih je vklopljena' : 'Prijava v dveh korakih je izklopljena',
    parts: [
      `Spremenjeno ${formatMoment(at, 'sl')}.`,
      isOn
        ? 'Ob prijavi v iiPortal boste poleg gesla vpisali še kodo iz aplikacije na telefonu. Rezervne kode hranite na varnem.'
        : 'Za prijavo v iiPortal odslej zadošča geslo. Koda iz aplikacije na telefonu ni več potrebna.',
      'Če tega niste storili ali zahtevali vi, se je z vašim geslom morda prijavil nekdo drug. Takoj zamenjajte geslo in pokličite upravnika.',
    ],
  }),
  en: ({ isOn, at }) => ({
    subject: isOn ? 'Two-step sign-in is on' : 'Two-step sign-in is off',
    parts: [
      `Changed on ${formatMoment(at, 'en')}.`,
      isOn
        ? 'When you sign in to iiPortal you will enter a code from the app on your phone besides your password. Keep the recovery codes in a safe place.'
        : 'From now on your password is enough to sign in to iiPortal. The code from the app on your phone is no longer needed.',
      'If it was not you who did this or asked for it, somebody else may have signed in with your password. Change your password at once, and call the manager.',
    ],
  }),
};

export const secondFactorMail = (facts: SecondFactor): OutgoingMail => toPerson('second-factor', contents, facts);
