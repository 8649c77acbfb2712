import type { SlipItem, SlipUnit } from '../../contract/slips.ts';
import type { Flow } from './flow.ts';
import { formatCents, formatDecimal } from './format.ts';
import { headStyle, itemColumns, smallStyle, type Column } from './item-columns.ts';
import { colours, contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';

const rowPadding = 1.5;
const headHeight = mm(5.4);
const subtotalHeight = mm(6.6);

const unitKinds = { apartment: 'Stanovanje', business: 'Poslovni prostor', garage: 'Garaža', other: 'Enota' } as const;

/** `Stanovanje 12`: units are often named with their kind already, which is not said twice. */
function unitName({ kind, unit }: SlipUnit): string {
  const word = unitKinds[kind];
  return unit.toLocaleLowerCase('sl').startsWith(word.toLocaleLowerCase('sl')) ? unit : `${word} ${unit}`;
}

const unitFacts = ({ areaM2, persons }: SlipUnit): string =>
  [
    areaM2 === null ? '' : `površina ${formatDecimal(areaM2)}\u00a0m²`,
    persons === null ? '' : `število oseb: ${formatDecimal(persons)}`,
  ]
    .filter(Boolean)
    .join('  ·  ');

const bandStyle: TextStyle = { font: 'bold', size: 9.5 };
const bandPadding = mm(1.6);
const factsWidth = mm(58);

const bandLines = (sheet: Sheet, unit: SlipUnit, continued: boolean): string[] => {
  const name = `${unitName(unit)}, ${unit.building}${continued ? ' (nadaljevanje)' : ''}`;
  return sheet.wrap(name, bandStyle, contentWidth - factsWidth - mm(4));
};

function drawBand(sheet: Sheet, flow: Flow, unit: SlipUnit, lines: readonly string[]): void {
  const height = sheet.height(lines.length, bandStyle) + 2 * bandPadding;
  sheet.box(page.left - mm(2), flow.y, contentWidth + mm(4), height, { fill: colours.ground, radius: 5 });
  const y = flow.y + bandPadding;
  sheet.tag('H2', () => sheet.lines(lines, bandStyle, { x: page.left, y, width: contentWidth - factsWidth }));
  sheet.line(unitFacts(unit), smallStyle, { x: page.right - factsWidth, y: y + 2, width: factsWidth, align: 'right' });
  flow.y += height;
}

function drawTableHead(sheet: Sheet, flow: Flow): void {
  const y = flow.y + headHeight - sheet.height(1, headStyle) - 2;
  sheet.tag('TR', () => {
    for (const { head, x, width, align } of itemColumns)
      sheet.tag('TH', () => sheet.line(head, headStyle, { x, y, width, align }));
  });
  flow.y += headHeight;
  sheet.rule(flow.y, { color: colours.secondInk, width: 0.5 });
}

interface Cell {
  readonly column: Column;
  readonly main: readonly string[];
  readonly below: readonly string[];
}

/**
 * A number is one line, set smaller by the sheet where it is too wide. What would be smaller than half of its size, a
 * quantity of twenty digits, goes on below its comma.
 */
const numberLines = (text: string, fill: number): string[] =>
  (fill > 2.2 ? text.split(/(?<=,)/) : [text]).filter(Boolean);

function measureRow(sheet: Sheet, item: SlipItem): { cells: Cell[]; height: number } {
  const lines = (text: string, { style, wraps, width }: Column): string[] =>
    wraps ? sheet.wrap(text, style, width) : numberLines(text, sheet.width(text, style) / width);
  const cells = itemColumns.map((column) => {
    const [main, below] = column.cell(item);
    return { column, main: lines(main, column), below: sheet.wrap(below, smallStyle, column.width) };
  });
  const heights = cells.map(
    ({ column, main, below }) => sheet.height(main.length, column.style) + sheet.height(below.length, smallStyle),
  );
  return { cells, height: Math.max(...heights) + 2 * rowPadding };
}

function drawRow(sheet: Sheet, y: number, cells: readonly Cell[]): void {
  sheet.tag('TR', () => {
    for (const { column, main, below } of cells) {
      const place = { x: column.x, width: column.width, align: column.align };
      sheet.tag('TD', () => {
        const next = sheet.lines(main, column.style, { ...place, y: y + rowPadding });
        sheet.lines(below, smallStyle, { ...place, y: next });
      });
    }
  });
}

function drawSubtotal(sheet: Sheet, flow: Flow, unit: SlipUnit): void {
  const style: TextStyle = { font: 'bold', size: 9 };
  const y = flow.y + mm(1.4);
  const amountWidth = mm(34);
  const label = sheet.clip(`Skupaj ${unitName(unit)}`, style, contentWidth - amountWidth);
  const amount = { x: page.right - amountWidth, y, width: amountWidth, align: 'right' } as const;
  sheet.line(label, style, { x: page.left, y, width: contentWidth - amountWidth });
  sheet.line(formatCents(unit.subtotalCents), style, amount);
  flow.y += subtotalHeight;
}

/** On the pages that a unit goes on to; they have been read already. */
function drawHeadsAgain(sheet: Sheet, flow: Flow, unit: SlipUnit): void {
  sheet.artifact(() => {
    drawBand(sheet, flow, unit, bandLines(sheet, unit, true));
    drawTableHead(sheet, flow);
  });
}

/** A block for one unit. The heads are repeated on each page that it takes; the last row keeps its subtotal. */
export function drawUnit(sheet: Sheet, flow: Flow, unit: SlipUnit, hasSubtotal: boolean): void {
  const first = bandLines(sheet, unit, false);
  const rows = unit.items.map((item) => measureRow(sheet, item));
  const bandHeight = sheet.height(first.length, bandStyle) + 2 * bandPadding;
  const footHeight = hasSubtotal ? subtotalHeight : 0;
  flow.need(bandHeight + headHeight + (rows[0]?.height ?? 0) + footHeight);
  drawBand(sheet, flow, unit, first);
  sheet.tag('Table', () => {
    drawTableHead(sheet, flow);
    rows.forEach(({ cells, height }, index) => {
      const isLast = index === rows.length - 1;
      if (flow.need(isLast ? height + footHeight : height)) drawHeadsAgain(sheet, flow, unit);
      drawRow(sheet, flow.y, cells);
      flow.y += height;
      sheet.rule(flow.y, isLast ? { color: colours.secondInk, width: 0.5 } : { width: 0.4 });
    });
  });
  if (hasSubtotal) drawSubtotal(sheet, flow, unit);
  flow.y += mm(3);
}
