import type { Language } from '../../../contract/registrations.ts';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import type { StaffRole } from '../../../contract/session.ts';
import { compose, type Contents, type MailManager } from '../compose.ts';
import type { OutgoingMail } from '../outbox.ts';

interface Invitation {
  readonly email: string;
  readonly language: Language;
  readonly manager: MailManager;
  readonly role: StaffRole;
  /** 13 characters, with or without hyphens. */
  readonly code: string;
  /** The portal's address. */
  readonly portal: string;
}

const printed = (code: string): string => formatSlipPassword(code.replaceAll('-', ''));

const slovene: Readonly<Record<StaffRole, string>> = { clerk: 'pisarna', admin: 'administrator' };
const english: Readonly<Record<StaffRole, string>> = { clerk: 'office clerk', admin: 'administrator' };

const contents: Contents<Invitation> = {
  sl: ({ email, manager, role, code, portal }) => ({
    subject: `Vabilo v iiPortal: ${manager.name}`,
    parts: [
      `Upravnik ${manager.name} vas vabi med sodelavce v iiPortalu. Vaša vloga: ${slovene[role]}.`,
      `V program iiPortal vpišite svoj e-naslov ${email} in to kodo:`,
      { code: printed(code) },
      'Koda velja 7 dni in samo enkrat. Ne povejte je nikomur.',
      'Naslov portala:',
      { address: portal },
      'Če vabila niste pričakovali, sporočilo izbrišite.',
    ],
  }),
  en: ({ email, manager, role, code, portal }) => ({
    subject: `Invitation to iiPortal: ${manager.name}`,
    parts: [
      `${manager.name} invites you to work with iiPortal. Your role: ${english[role]}.`,
      `In the iiPortal program enter your e-mail address ${email} and this code:`,
      { code: printed(code) },
      'The code is valid for 7 days, and once only. Do not tell it to anybody.',
      "The portal's address:",
      { address: portal },
      'If you did not expect an invitation, delete this message.',
    ],
  }),
};

export const invitationMail = (facts: Invitation): OutgoingMail => {
  const { language, email: to, manager } = facts;
  return compose({ kind: 'invitation', language, to, manager }, contents[language](facts));
};
