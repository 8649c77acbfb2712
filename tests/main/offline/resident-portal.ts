import type { ServerResponse } from 'node:http';
import type { Slip, SlipSummary } from '../../../contract/slips.ts';
import type { Session } from '../../../contract/session.ts';
import { aManager, anAccount, json, problem, sessionOf, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import type { PortalStandIn, SeenRequest } from '../../helpers/portal-stand-in.ts';
import { makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

export const payerOf = (number: number): Session['payers'][number] => ({
  ...{ id: String(number).repeat(32), code: `10421${number}`, name: 'Ana Novak', managerId: aManager },
  ...{ managerName: 'Upravnik Vzorec', street: 'Čopova ulica 8', town: '1000 Ljubljana', channel: 'email' },
});

/** `2026-10`, and so many months before it. */
const periodBefore = (months: number): string => new Date(Date.UTC(2026, 9 - months, 1)).toISOString().slice(0, 7);

export function slipOf(months: number, given: Partial<Slip> = {}): Slip {
  const period = periodBefore(months);
  return {
    ...makeSlip([makeUnit([makeItem(months)])], [makeOrder()]),
    ...{ id: months.toString(16).padStart(32, 'e'), number: `R-${period}`, period, channel: 'email' },
    ...{ issueDate: `${period}-28`, dueDate: `${period}-28`, managerId: aManager },
    ...{ payerId: payerOf(1).id, payerCode: payerOf(1).code },
    ...given,
  };
}

export const pdfOf = ({ number }: Pick<Slip, 'number'>): string => `%PDF-1.7 ${number} šč`;

const summaryOf = (slip: Slip): SlipSummary => {
  const { id, number, period, issueDate, dueDate, totalCents, managerId, managerName, payerId, payerCode, channel } =
    slip;
  return { id, number, period, issueDate, dueDate, totalCents, managerId, managerName, payerId, payerCode, channel };
};

/** A portal at which a resident has slips, as it lists and gives them. */
export interface ResidentPortal extends PortalStandIn {
  slips: Slip[];
  payers: Session['payers'];
  /** Runs before each PDF is sent; true when it has answered itself. */
  onPdf: (response: ServerResponse, request: SeenRequest) => boolean;
  /** What was asked, as `GET /slips/…/pdf?ahead=1`, without who is there and whether. */
  asked(): string[];
}

export async function startResidentPortal(months: number): Promise<ResidentPortal> {
  const standIn = await startPortalStandIn();
  const portal: ResidentPortal = Object.assign(standIn, {
    slips: Array.from({ length: months }, (_, index) => slipOf(index)),
    payers: [payerOf(1)],
    onPdf: () => false,
    asked: () =>
      standIn.requests
        .map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`)
        .filter((asked) => /^GET \/slips/.test(asked)),
  });
  portal.answer('GET /session', (_, response) =>
    json(response, 200, { ...sessionOf(anAccount), payers: portal.payers }),
  );
  portal.answer('GET /slips', ({ url }, response) => {
    const query = new URL(url, 'http://portal').searchParams;
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    const ofPayer = portal.slips.filter(({ payerId }) => [null, payerId].includes(query.get('payerId')));
    const nextCursor = to < ofPayer.length ? String(to) : null;
    json(response, 200, { items: ofPayer.slice(from, to).map(summaryOf), nextCursor });
  });
  portal.otherwise((request, response) => {
    const [, id, pdf] = /\/slips\/(\w{32})(\/pdf)?(?:\?|$)/.exec(request.url) ?? [];
    const slip = portal.slips.find((each) => each.id === id);
    if (!slip) return problem(response, 'not_found');
    if (!pdf) return json(response, 200, slip);
    if (slip.channel === 'none') return problem(response, 'e_invoice_required');
    if (portal.onPdf(response, request)) return;
    response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdfOf(slip));
  });
  return portal;
}
