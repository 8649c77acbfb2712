import type { Language } from '../../contract/registrations.ts';
import type { Manager } from '../models/manager.ts';
import type { OutgoingMail } from './outbox.ts';

interface Welcome {
  readonly language: Language;
  readonly email: string;
  readonly firstName: string;
  readonly manager: Pick<Manager, 'name' | 'email' | 'phone'>;
  /** The portal's address. */
  readonly portal: string;
}

const contact = ({ name, phone, email }: Welcome['manager']): string => [name, phone, email].filter(Boolean).join(', ');

const slovene = ({ firstName, email, manager, portal }: Welcome) => ({
  subject: `Dobrodošli v iiPortalu: ${manager.name}`,
  text: `Pozdravljeni, ${firstName}!

Registracija pri upravniku ${manager.name} je uspela. Razdelilnike boste odslej videli na portalu.
Prijavite se z e-naslovom ${email} in geslom, ki ste si ga izbrali. Geslo z razdelilnika ne velja več.

Naslov portala: ${portal}

Če se niste registrirali vi, nam to takoj sporočite: ${contact(manager)}.
`,
});

const english = ({ firstName, email, manager, portal }: Welcome) => ({
  subject: `Welcome to iiPortal: ${manager.name}`,
  text: `Hello, ${firstName}!

You are registered with ${manager.name}. From now on you will see your slips on the portal.
Sign in with your e-mail address ${email} and the password you chose. The slip password is no longer valid.

The portal's address: ${portal}

If it was not you who registered, tell us at once: ${contact(manager)}.
`,
});

export const welcomeMail = (welcome: Welcome): OutgoingMail => ({
  to: welcome.email,
  ...(welcome.language === 'sl' ? slovene(welcome) : english(welcome)),
});
