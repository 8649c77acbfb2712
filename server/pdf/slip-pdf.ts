import { buffer } from 'node:stream/consumers';
import type { Slip } from '../../contract/slips.ts';
import { Flow } from './flow.ts';
import { formatPeriod } from './format.ts';
import { colours, mm, page } from './look.ts';
import { drawPaymentBox } from './payment-box.ts';
import { Sheet, type TextStyle } from './sheet.ts';
import { drawContinuedHead, drawSlipHead } from './slip-head.ts';
import { drawUnit } from './slip-items.ts';
import { drawTotals } from './slip-totals.ts';

/** How many pages there are is known only at the end: the footers come last. */
function drawFooters(sheet: Sheet, { manager, number }: Slip): void {
  const { count } = sheet.document.bufferedPageRange();
  const style: TextStyle = { font: 'regular', size: 7.5, color: colours.secondInk };
  const y = mm(285);
  for (let index = 0; index < count; index += 1) {
    sheet.document.switchToPage(index);
    const name = sheet.clip(`Razdelilnik ${number}  ·  ${manager.name}`, style, mm(130));
    sheet.line(name, style, { x: page.left, y, width: mm(130) });
    sheet.line(`Stran ${index + 1} od ${count}`, style, { x: page.right - mm(38), y, width: mm(38), align: 'right' });
  }
}

function drawSlip(sheet: Sheet, slip: Slip): void {
  sheet.document.addPage();
  const flow = new Flow(sheet, drawSlipHead(sheet, slip), () => drawContinuedHead(sheet, slip));
  for (const unit of slip.units) drawUnit(sheet, flow, unit);
  drawTotals(sheet, flow, slip);
  const { length } = slip.paymentOrders;
  slip.paymentOrders.forEach((order, index) =>
    drawPaymentBox(sheet, flow, order, length === 1 ? 'Plačilni nalog' : `Plačilni nalog ${index + 1} od ${length}`),
  );
  drawFooters(sheet, slip);
}

/**
 * The slip as a PDF: A4, text that can be searched, and for each payment order its data with the UPN QR code that the
 * slip carries in qrPath. The same slip gives the same bytes.
 */
export function slipPdf(slip: Slip): Promise<Buffer> {
  const title = `Razdelilnik ${slip.number}, ${formatPeriod(slip.period)}`;
  const created = new Date(`${slip.issueDate}T00:00:00Z`);
  const sheet = new Sheet({ title, author: slip.manager.name, subject: 'Razdelilnik stroškov', created }, true);
  drawSlip(sheet, slip);
  sheet.document.end();
  return buffer(sheet.document);
}
