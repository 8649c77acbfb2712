import { toPerson, type Contents, type MailManager, type Person } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface Welcome {
  readonly person: Person;
  readonly manager: MailManager;
  /** The portal's address. */
  readonly portal: string;
  /** Confirms the e-mail address: six digits. */
  readonly code: string;
}

const contents: Contents<Welcome> = {
  sl: ({ person, manager, portal, code }) => ({
    subject: `Dobrodošli v iiPortalu: ${manager.name}`,
    parts: [
      `Registracija pri upravniku ${manager.name} je uspela. Razdelilnike boste odslej videli v iiPortalu.`,
      'Potrdite še svoj e-naslov. V program vpišite to kodo:',
      { code },
      'Koda velja 24\u00a0ur. Ne povejte je nikomur.',
      `Prijavite se z e-naslovom ${person.email} in geslom, ki ste ga izbrali ob registraciji. Geslo z razdelilnika ne velja več.`,
      'Če program vpraša za naslov portala, vpišite:',
      { address: portal },
      'Če se niste registrirali vi, to takoj sporočite upravniku.',
    ],
  }),
  en: ({ person, manager, portal, code }) => ({
    subject: `Welcome to iiPortal: ${manager.name}`,
    parts: [
      `You are registered with ${manager.name}. From now on you will see your slips in iiPortal.`,
      'One more thing: confirm your e-mail address. Enter this code in the program:',
      { code },
      'The code is valid for 24\u00a0hours. Do not tell it to anybody.',
      `Sign in with your e-mail address ${person.email} and the password you chose. The slip password is no longer valid.`,
      "If the program asks for the portal's address, enter:",
      { address: portal },
      'If it was not you who registered, tell the manager at once.',
    ],
  }),
};

export const welcomeMail = (facts: Welcome): OutgoingMail => toPerson('welcome', contents, facts);
