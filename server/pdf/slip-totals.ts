import type { Slip } from '../../contract/slips.ts';
import { heightOf, type Part } from './flow.ts';
import { formatCents, formatDecimal, formatEuros } from './format.ts';
import { colours, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { tablePieces, type TableColumn, type TablePieces } from './table.ts';

const totalStyle: TextStyle = { font: 'bold', size: 16 };
const totalHeight = mm(12);
const total = { x: page.left + mm(96), width: page.right - page.left - mm(96) };

const vatColumns: readonly TableColumn[] = [
  { head: 'Stopnja', width: mm(24), kind: 'text' },
  { head: 'Osnova', width: mm(29), kind: 'number' },
  { head: 'DDV', width: mm(29), kind: 'number' },
];

/** Bases and taxes by rate, for information; nothing where no item has a rate. */
function vatPieces(sheet: Sheet, vat: Slip['vat']): TablePieces | undefined {
  if (vat.length === 0) return undefined;
  const rows = vat.map(({ rate, baseCents, vatCents }) => [
    `${formatDecimal(rate)} %`,
    formatCents(baseCents),
    formatCents(vatCents),
  ]);
  return tablePieces(sheet, { title: 'Obračun DDV', columns: vatColumns, rows });
}

function drawTotal(sheet: Sheet, totalCents: number, y: number): void {
  const { x, width } = total;
  const labelWidth = mm(20);
  sheet.rule(y + mm(1), { left: x, color: colours.ink, width: 1.2 });
  const amount = { x: x + labelWidth, y: y + mm(2.8), width: width - labelWidth, align: 'right' } as const;
  sheet.line('Skupaj', { font: 'bold', size: 11 }, { x, y: y + mm(4.2), width: labelWidth });
  sheet.line(formatEuros(totalCents), totalStyle, amount);
}

/** The total of the slip on the right, the recapitulation of VAT on the left, kept together. */
export function totalsPart(sheet: Sheet, { vat, totalCents }: Slip): Part {
  const table = vatPieces(sheet, vat);
  const height = Math.max(table ? heightOf([table.title, ...table.body]) : 0, totalHeight);
  const draw = (y: number): void => {
    drawTotal(sheet, totalCents, y);
    if (!table) return;
    table.title.draw(y);
    let top = y + table.title.height;
    sheet.tag('Table', () => {
      for (const piece of table.body) {
        piece.draw(top);
        top += piece.height;
      }
    });
  };
  return { height, draw: (flow) => flow.put({ height, draw }) };
}
