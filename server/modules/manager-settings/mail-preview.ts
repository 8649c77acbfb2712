import type { BodyOf, ResponseOf } from '../../../contract/endpoint.ts';
import type { previewMail } from '../../../contract/manager-settings.ts';
import type { OutgoingMail } from '../../mail/outbox.ts';
import { newSlipMail } from '../../mail/templates/new-slip.ts';
import { slipPdfMail } from '../../mail/templates/slip-pdf.ts';
import { welcomeMail } from '../../mail/templates/welcome.ts';
import type { Manager } from '../../models/manager.ts';

const payer = { code: '104217', name: 'Ana Novak' };
const slip = { id: '', number: '2026-10-0001', period: '2026-10', dueDate: '2026-11-30', totalCents: 12_345 };

type Asked = BodyOf<typeof previewMail>;

/** The mail as it would be written to an invented resident: by the same code, so that it cannot differ. */
export function mailPreviewOf(manager: Manager, portal: string, asked: Asked): ResponseOf<typeof previewMail> {
  const { kind, language, ...texts } = asked;
  const from = { ...manager, ...texts } as Manager;
  const person = { language, email: 'ana.novak@example.si', firstName: 'Ana', accountId: '' };
  const mails: Record<Asked['kind'], () => OutgoingMail> = {
    welcome: () => welcomeMail({ person, manager: from, portal, code: '123456' }),
    'new-slip': () =>
      newSlipMail({ person, manager: from, slips: [{ period: slip.period, payerName: payer.name }], portal }),
    'slip-pdf': () => slipPdfMail({ language, to: person.email, manager: from, payer, slip }),
  };
  const { subject, text } = mails[kind]();
  return { subject, text };
}
