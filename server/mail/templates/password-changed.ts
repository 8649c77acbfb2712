import { toPerson, type Contents, type Person } from '../compose.ts';
import { formatMoment } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface PasswordChanged {
  readonly person: Person;
  readonly at: Date;
}

const contents: Contents<PasswordChanged> = {
  sl: ({ at }) => ({
    subject: 'Vaše geslo za iiPortal je zamenjano',
    parts: [
      `Geslo je bilo zamenjano ${formatMoment(at, 'sl')}. Odslej se prijavljate z novim. Vse prejšnje prijave so končane.`,
      'Če gesla niste zamenjali vi, se je z njim prijavil nekdo drug. V programu takoj izberite »POZABLJENO GESLO« in si izberite novo, nato pokličite svojega upravnika.',
    ],
  }),
  en: ({ at }) => ({
    subject: 'Your iiPortal password has changed',
    parts: [
      `The password was changed on ${formatMoment(at, 'en')}. From now on you sign in with the new one. All earlier sessions have ended.`,
      'If it was not you who changed it, somebody else has signed in with it. Choose “FORGOTTEN PASSWORD” in the program at once and set a new one, then call your manager.',
    ],
  }),
};

export const passwordChangedMail = (facts: PasswordChanged): OutgoingMail =>
  toPerson('password-changed', contents, facts);
