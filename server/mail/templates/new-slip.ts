import type { Language } from '../../../contract/registrations.ts';
import { toPerson, type Contents, type MailManager, type Person } from '../compose.ts';
import { formatPeriod } from '../dates.ts';
import type { OutgoingMail } from '../outbox.ts';

interface NewSlip {
  readonly person: Person;
  readonly manager: MailManager;
  readonly slips: readonly { readonly period: string; readonly payerName: string }[];
  /** The portal's address. */
  readonly portal: string;
}

const listed = ({ slips }: NewSlip, language: Language) => ({
  list: slips.map(({ period, payerName }) => `${payerName}: ${formatPeriod(period, language)}`),
});

/** One, two, more: Slovene has a form for each. */
const slovene = (count: number): string => ['Nov razdelilnik', 'Nova razdelilnika'][count - 1] ?? 'Novi razdelilniki';

const contents: Contents<NewSlip> = {
  sl: (facts) => ({
    subject: `${slovene(facts.slips.length)}: ${facts.manager.name}`,
    parts: [
      `Upravnik ${facts.manager.name} je v iiPortalu objavil:`,
      listed(facts, 'sl'),
      'Odprite program iiPortal in se prijavite. Naslov portala:',
      { address: facts.portal },
      'Katera obvestila želite prejemati, izberete v programu, v meniju »Profil«.',
    ],
  }),
  en: (facts) => ({
    subject: `${facts.slips.length === 1 ? 'New slip' : 'New slips'}: ${facts.manager.name}`,
    parts: [
      `${facts.manager.name} has published in iiPortal:`,
      listed(facts, 'en'),
      "Open the iiPortal program and sign in. The portal's address:",
      { address: facts.portal },
      'You choose which messages you receive in the program, under “Profile”.',
    ],
  }),
};

export const newSlipMail = (facts: NewSlip): OutgoingMail => toPerson('new-slip', contents, facts);
