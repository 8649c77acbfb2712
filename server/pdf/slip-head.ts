import type { Slip } from '../../contract/slips.ts';
import { formatDay, formatEuros, formatPeriod } from './format.ts';
import { drawAddress, drawSender } from './letterhead.ts';
import { colours, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import type { Logo } from './slip-document.ts';

const titleStyle: TextStyle = { font: 'bold', size: 17 };
const periodStyle: TextStyle = { font: 'regular', size: 11, color: colours.secondInk };
const labelStyle: TextStyle = { font: 'regular', size: 9, color: colours.secondInk };
const valueStyle: TextStyle = { font: 'semibold', size: 9 };

const column = { x: mm(124), width: page.right - mm(124) };

/** Below the window of the envelope. */
const itemsTop = mm(91);

/** Who pays the first of several orders has not paid all: their number stands beside the sum. */
function dueLabel({ totalCents, paymentOrders }: Slip): string {
  if (totalCents <= 0) return totalCents < 0 ? 'V vaše dobro' : 'Ni za plačilo';
  const count = paymentOrders.filter(({ amountCents }) => amountCents > 0).length;
  if (count < 2) return 'Za plačilo';
  const noun = count === 2 ? 'plačilna naloga' : count < 5 ? 'plačilni nalogi' : 'plačilnih nalogov';
  return `Za plačilo, ${count} ${noun} skupaj`;
}

/** What is to be paid and by when, where the eye looks first. */
function drawDue(sheet: Sheet, slip: Slip, y: number): number {
  const { totalCents, dueDate } = slip;
  const below = sheet.paragraph(dueLabel(slip), labelStyle, { ...column, y });
  const amount: TextStyle = { font: 'bold', size: 23 };
  sheet.line(formatEuros(totalCents), amount, { ...column, y: below - 2 });
  const next = below - 2 + sheet.height(1, amount);
  if (totalCents <= 0) return next;
  return sheet.paragraph(`do ${formatDay(dueDate)}`, { font: 'semibold', size: 11 }, { ...column, y: next - 1 });
}

function drawFacts(sheet: Sheet, slip: Slip, y: number): void {
  const facts = [
    ['Številka', slip.number],
    ['Obdobje', formatPeriod(slip.period)],
    ['Datum izdaje', formatDay(slip.issueDate)],
    ['Rok plačila', formatDay(slip.dueDate)],
    ['Šifra plačnika', slip.payer.code],
  ] as const;
  const labelWidth = mm(25);
  let top = y;
  for (const [label, value] of facts) {
    const place = { x: column.x + labelWidth, y: top, width: column.width - labelWidth, align: 'right' } as const;
    sheet.line(label, labelStyle, { x: column.x, y: top, width: labelWidth });
    top = sheet.paragraph(value, valueStyle, place) + 2.2;
    sheet.rule(top - 1.4, { left: column.x, width: 0.4 });
  }
}

/** The first page down to where the items begin. Returns that place. */
export function drawSlipHead(sheet: Sheet, slip: Slip, logo: Logo | null): number {
  drawSender(sheet, slip.manager, logo);
  const title = { ...column, y: mm(13.4) };
  sheet.tag('H1', () => sheet.line('Razdelilnik stroškov', titleStyle, title));
  sheet.line(formatPeriod(slip.period), periodStyle, { ...title, y: title.y + sheet.height(1, titleStyle) - 1 });
  drawAddress(sheet, slip.payer);
  drawFacts(sheet, slip, drawDue(sheet, slip, mm(33)) + mm(4));
  return itemsTop;
}

/** The narrow head of the pages after the first. */
export function drawContinuedHead(sheet: Sheet, slip: Slip): void {
  const style: TextStyle = { font: 'regular', size: 8.5, color: colours.secondInk };
  const half = (page.right - page.left) / 2;
  const width = half - mm(4);
  sheet.line(sheet.clip(slip.manager.name, style, width), style, { x: page.left, y: mm(13), width });
  const about = `Razdelilnik ${slip.number}  ·  ${formatPeriod(slip.period)}`;
  sheet.line(about, style, { x: page.left + half, y: mm(13), width: half, align: 'right' });
  sheet.rule(mm(18.5));
}
