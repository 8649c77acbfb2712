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
      'Odprite program iiPortal. Če vpraša za naslov portala, vpišite:',
      { address: portal },
      `Na prvem zaslonu izberite »Se ne morete prijaviti?« in nato »Sprejmi vabilo«. Vpišite svoj e-naslov ${email} in to kodo:`,
      { code: printed(code) },
      'Koda velja 7\u00a0dni, uporabite jo lahko samo enkrat. Ne povejte je nikomur.',
      'Če vabila niste pričakovali, izbrišite to sporočilo.',
    ],
  }),
  en: ({ email, manager, role, code, portal }) => ({
    subject: `Invitation to iiPortal: ${manager.name}`,
    parts: [
      `${manager.name} invites you to work with iiPortal. Your role: ${english[role]}.`,
      "Open the iiPortal program. If it asks for the portal's address, enter:",
      { address: portal },
      `On the first screen choose “Cannot sign in?” and then “Accept an invitation”. Enter your e-mail address ${email} and this code:`,
      { code: printed(code) },
      'The code is valid for 7\u00a0days, and once only. Do not tell it to anybody.',
      'If you did not expect an invitation, delete this message.',
    ],
  }),
};

export const invitationMail = (facts: Invitation): OutgoingMail => {
  const { language, email: to, manager } = facts;
  return compose({ kind: 'invitation', language, to, manager }, contents[language](facts));
};
