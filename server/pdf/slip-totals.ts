import type { Slip } from '../../contract/slips.ts';
import type { Flow } from './flow.ts';
import { formatCents, formatDecimal, formatEuros } from './format.ts';
import { headStyle } from './item-columns.ts';
import { colours, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';

const style: TextStyle = { font: 'regular', size: 8.2 };
const vatColumns = [
  { x: page.left, width: mm(22), align: 'left' },
  { x: page.left + mm(22), width: mm(26), align: 'right' },
  { x: page.left + mm(48), width: mm(26), align: 'right' },
] as const;

function drawVatRow(sheet: Sheet, y: number, texts: readonly string[], row: TextStyle): void {
  texts.forEach((text, index) => {
    const column = vatColumns[index];
    if (column) sheet.line(text, row, { ...column, y });
  });
}

/** Bases and taxes by rate, for information; nothing where no item has a rate. Returns the place below. */
function drawVat(sheet: Sheet, y: number, vat: Slip['vat']): number {
  if (vat.length === 0) return y;
  drawVatRow(sheet, y, ['Stopnja DDV', 'Osnova', 'DDV'], headStyle);
  let top = y + sheet.height(1, headStyle) + 2;
  sheet.rule(top, { right: page.left + mm(74), width: 0.4 });
  for (const { rate, baseCents, vatCents } of vat) {
    drawVatRow(sheet, top + 2, [`${formatDecimal(rate)} %`, formatCents(baseCents), formatCents(vatCents)], style);
    top += sheet.height(1, style) + 3;
  }
  return top;
}

/** The recapitulation of VAT on the left, the total of the slip on the right, kept together. */
export function drawTotals(sheet: Sheet, flow: Flow, { vat, totalCents }: Slip): void {
  const totalStyle: TextStyle = { font: 'bold', size: 16 };
  const vatHeight = sheet.height(vat.length + 1, style) + vat.length * 3 + 4;
  flow.need(Math.max(vatHeight, mm(16)));
  const x = page.left + mm(96);
  const width = page.right - x;
  sheet.rule(flow.y, { left: x, color: colours.ink, width: 1.2 });
  sheet.line('Skupaj', { font: 'bold', size: 11 }, { x, y: flow.y + mm(3.2), width: mm(20) });
  sheet.line(formatEuros(totalCents), totalStyle, { x: x + mm(20), y: flow.y + mm(1.8), width: width - mm(20), align: 'right' }); // prettier-ignore
  const below = drawVat(sheet, flow.y, vat);
  flow.y = Math.max(below, flow.y + mm(12)) + mm(7);
}
