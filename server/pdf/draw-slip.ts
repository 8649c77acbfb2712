import type { Slip } from '../../contract/slips.ts';
import { Flow, type Part } from './flow.ts';
import { colours, mm, page } from './look.ts';
import { plainOrderPart } from './payment-box.ts';
import { registrationPart } from './registration-box.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import type { SlipDocument } from './slip-document.ts';
import { drawSlipForm, formBottom, formFootTop, hasForm, slipOrders, type SlipOrder } from './slip-forms.ts';
import { drawContinuedHead, drawSlipHead } from './slip-head.ts';
import { fundsPart, notesPart, openItemsPart } from './slip-information.ts';
import { drawUnit } from './slip-items.ts';
import { totalsPart } from './slip-totals.ts';

const draftStyle: TextStyle = { font: 'bold', size: 118, color: '#e9e5dc' };

/** A page with what lies under everything else. */
function beginPage(sheet: Sheet, { isDraft }: SlipDocument): void {
  sheet.addPage();
  if (isDraft) sheet.slanted('OSNUTEK', draftStyle, page.width / 2, mm(118), 45);
}

/** What stands below the items, part by part. */
function summary(sheet: Sheet, { slip, registration }: SlipDocument, orders: readonly SlipOrder[]): Part[] {
  const parts = [
    totalsPart(sheet, slip),
    openItemsPart(sheet, slip.openItems),
    fundsPart(sheet, slip.funds),
    notesPart(sheet, slip.notes),
    ...orders.filter((order) => !hasForm(order)).map(({ order, title }) => plainOrderPart(sheet, order, title)),
    registration ? registrationPart(sheet, registration, slip.payer.code) : undefined,
  ];
  return parts.filter((part) => part !== undefined);
}

const partGap = mm(4);

/** Summary and first form on one page wherever one page holds both: what is to be paid, beside what to pay it with. */
function drawSummary(flow: Flow, parts: readonly Part[], bottom: number): void {
  const height = parts.reduce((sum, part) => sum + part.height, (parts.length - 1) * partGap);
  if (!flow.fits(height, bottom) && height <= bottom - page.top) flow.newPage();
  parts.forEach((part, index) => {
    if (index > 0) flow.y += partGap;
    part.draw(flow);
  });
}

/** How many pages there are is known only at the end: the footers come last. */
function drawFooters(sheet: Sheet, { manager, number }: Slip, first: number, formPages: ReadonlySet<number>): void {
  const count = sheet.pageCount - first;
  const style: TextStyle = { font: 'regular', size: 7.5, color: colours.secondInk };
  for (let index = first; index < first + count; index += 1) {
    sheet.toPage(index);
    const hasOne = formPages.has(index);
    const y = hasOne ? formFootTop + 1 : mm(285);
    const name = hasOne ? '' : sheet.clip(`Razdelilnik ${number}  ·  ${manager.name}`, style, mm(130));
    const right = { x: page.right - mm(34), y, width: mm(34), align: 'right' } as const;
    sheet.artifact(() => {
      sheet.line(name, style, { x: page.left, y, width: mm(130) });
      sheet.line(`Stran ${index - first + 1} od ${count}`, style, right);
    });
  }
}

/** Draws a slip on the pages that it takes, beginning with a new one. */
export function drawSlip(sheet: Sheet, document: SlipDocument): void {
  const { slip, logo } = document;
  const first = sheet.pageCount;
  const orders = slipOrders(slip);
  const forms = orders.filter(hasForm);
  const bottom = forms.length > 0 ? formBottom(forms.length) : page.bottom;
  beginPage(sheet, document);
  const flow = new Flow(drawSlipHead(sheet, slip, logo), () => {
    beginPage(sheet, document);
    sheet.artifact(() => drawContinuedHead(sheet, slip));
  });
  // Of a single unit the sum is the slip's.
  const hasSubtotals = slip.units.length > 1 || slip.units[0]?.subtotalCents !== slip.totalCents;
  for (const unit of slip.units) drawUnit(sheet, flow, unit, hasSubtotals);
  drawSummary(flow, summary(sheet, document, orders), bottom);
  const formPages = new Set<number>();
  forms.forEach((form, index) => {
    if (index > 0 || !flow.fits(0, bottom)) flow.newPage();
    drawSlipForm(sheet, form, forms.length);
    formPages.add(sheet.pageCount - 1);
  });
  drawFooters(sheet, slip, first, formPages);
}
