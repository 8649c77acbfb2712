import type { Language } from '../../../contract/registrations.ts';
import { compose, type Content, type MailManager, type MailPayer } from '../compose.ts';
import { formatDay, formatPeriod } from '../dates.ts';
import { formatCents } from '../amounts.ts';
import type { OutgoingMail } from '../outbox.ts';

interface MailedSlip {
  readonly id: string;
  readonly number: string;
  readonly period: string;
  readonly dueDate: string;
  readonly totalCents: number;
}

interface SlipPdf {
  readonly language: Language;
  /** Where the payer wants bills to go. */
  readonly to: string;
  readonly manager: MailManager;
  readonly payer: MailPayer;
  readonly slip: MailedSlip;
}

const contents: Readonly<Record<Language, (facts: SlipPdf) => Content>> = {
  sl: ({ manager, payer, slip }) => ({
    subject: `Razdelilnik, ${formatPeriod(slip.period, 'sl')}: ${manager.name}`,
    parts: [
      `V priponki je razdelilnik za ${formatPeriod(slip.period, 'sl')} za plačnika ${payer.name} (šifra ${payer.code}).`,
      {
        list: [
          `Številka razdelilnika: ${slip.number}`,
          `Za plačilo: ${formatCents(slip.totalCents, 'sl')}`,
          `Rok plačila: ${formatDay(slip.dueDate, 'sl')}`,
        ],
      },
      slip.totalCents > 0
        ? 'Plačate s skeniranjem: odprite priponko, v mobilni banki izberite plačilo s kodo QR in jo poskenirajte z obrazca UPN.'
        : 'Po tem razdelilniku vam ni treba plačati ničesar.',
      'Če razdelilnikov ne želite več prejemati po e-pošti, se odjavite v programu iiPortal, v meniju »Profil« pod »eRačun«, ali pokličite upravnika.',
    ],
  }),
  en: ({ manager, payer, slip }) => ({
    subject: `Slip, ${formatPeriod(slip.period, 'en')}: ${manager.name}`,
    parts: [
      `Attached is the slip for ${formatPeriod(slip.period, 'en')} of the payer ${payer.name} (code ${payer.code}).`,
      {
        list: [
          `Slip number: ${slip.number}`,
          `To pay: ${formatCents(slip.totalCents, 'en')}`,
          `Due date: ${formatDay(slip.dueDate, 'en')}`,
        ],
      },
      slip.totalCents > 0
        ? 'Pay by scanning: open the attachment, choose payment by QR code in your mobile bank, and scan the code on the UPN form.'
        : 'There is nothing to pay by this slip.',
      'If you no longer want slips by e-mail, leave in the iiPortal program, under “Profile”, “eRačun”, or call the manager.',
    ],
  }),
};

/** The PDF is made of the slip when the mail is sent. It goes to the payer, with or without an account. */
export const slipPdfMail = (facts: SlipPdf): OutgoingMail => {
  const { language, to, manager, slip } = facts;
  return { ...compose({ kind: 'slip-pdf', language, to, manager }, contents[language](facts)), slipId: slip.id };
};
