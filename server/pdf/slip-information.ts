import type { Slip } from '../../contract/slips.ts';
import { heightOf, type Part, type Piece } from './flow.ts';
import { formatCents, formatDay } from './format.ts';
import { contentWidth, mm, page } from './look.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { tablePart, type TableColumn } from './table.ts';

const cents = (value: number | null): string => (value === null ? '' : formatCents(value));

const fundColumns: readonly TableColumn[] = [
  { head: 'Stavba', width: mm(66), kind: 'text' },
  { head: 'Začetno stanje', width: mm(26), kind: 'number' },
  { head: 'Vplačila', width: mm(26), kind: 'number' },
  { head: 'Poraba', width: mm(26), kind: 'number' },
  { head: 'Stanje', width: mm(26), kind: 'number' },
];

/** What the owners of each building have put aside together. */
export function fundsPart(sheet: Sheet, funds: Slip['funds']): Part | undefined {
  if (funds.length === 0) return undefined;
  const rows = funds.map(({ building, openingCents, paidInCents, spentCents, balanceCents }) => [
    building,
    ...[openingCents, paidInCents, spentCents, balanceCents].map(cents),
  ]);
  return tablePart(sheet, { title: 'Rezervni sklad stavbe', columns: fundColumns, rows });
}

const openColumns: readonly TableColumn[] = [
  { head: 'Opis', width: mm(114), kind: 'text' },
  { head: 'Rok plačila', width: mm(28), kind: 'number' },
  { head: 'Znesek', width: mm(28), kind: 'number' },
];

/** What the payer still owes from before, with its sum. */
export function openItemsPart(sheet: Sheet, items: Slip['openItems']): Part | undefined {
  if (items.length === 0) return undefined;
  const rows = items.map(({ description, dueDate, amountCents }) => [
    description,
    dueDate === null ? '' : formatDay(dueDate),
    formatCents(amountCents),
  ]);
  const sum = items.reduce((total, { amountCents }) => total + amountCents, 0);
  const title = 'Odprte postavke (niso v znesku tega razdelilnika)';
  if (items.length === 1) return tablePart(sheet, { title, columns: openColumns, rows });
  const all = [...rows, ['Skupaj odprto', '', formatCents(sum)]];
  return tablePart(sheet, { title, columns: openColumns, rows: all, hasSum: true });
}

const titleStyle: TextStyle = { font: 'bold', size: 9.5 };
const noteStyle: TextStyle = { font: 'regular', size: 9 };
const paragraphGap = 3;

/** What the manager tells: each note a paragraph, or several where it has lines of its own. */
export function notesPart(sheet: Sheet, notes: readonly string[]): Part | undefined {
  const paragraphs = notes
    .flatMap((note) => note.split(/\r?\n/))
    .map((text) => sheet.wrap(text, noteStyle, contentWidth))
    .filter((lines) => lines.length > 0);
  if (paragraphs.length === 0) return undefined;
  const lineHeight = sheet.height(1, noteStyle);
  const column = { x: page.left, width: contentWidth };
  const heading: Piece = {
    height: sheet.height(1, titleStyle) + 2,
    keeps: lineHeight,
    draw: (y) => sheet.tag('H2', () => sheet.line('Obvestila', titleStyle, { ...column, y })),
  };
  const pieces = paragraphs.map((texts) =>
    texts.map((text, index): Piece => ({
      height: lineHeight + (index === texts.length - 1 ? paragraphGap : 0),
      draw: (y) => sheet.line(text, noteStyle, { ...column, y }),
    })),
  );
  return {
    height: heightOf([heading, ...pieces.flat()]),
    draw(flow) {
      flow.put(heading);
      for (const lines of pieces) sheet.tag('P', () => lines.forEach((line) => flow.put(line)));
    },
  };
}
