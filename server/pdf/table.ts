import { heightOf, type Part, type Piece } from './flow.ts';
import { colours, page } from './look.ts';
import type { Place, Sheet, TextStyle } from './sheet.ts';

/** A column of a small table, from left to right. */
export interface TableColumn {
  readonly head: string;
  readonly width: number;
  /** Texts wrap, numbers stand on the right and are set smaller where they are too wide. */
  readonly kind: 'text' | 'number';
}

export interface Table {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is their sum. */
  readonly hasSum?: boolean;
  readonly left?: number;
}

const titleStyle: TextStyle = { font: 'bold', size: 9.5 };
const headStyle: TextStyle = { font: 'regular', size: 7, color: colours.secondInk };
const cellStyle: TextStyle = { font: 'regular', size: 8.2 };
const sumStyle: TextStyle = { ...cellStyle, font: 'bold' };
const padding = 1.8;
const gap = 7;

/** A table as pieces: its title, its heads, and each row. A title is never left alone, nor are heads. */
export interface TablePieces {
  readonly title: Piece;
  readonly body: readonly Piece[];
}

interface Cell {
  readonly lines: readonly string[];
  readonly place: Omit<Place, 'y'>;
}

/** The columns in their places, with white between them. */
function placed(columns: readonly TableColumn[], left: number): (TableColumn & Omit<Place, 'y'>)[] {
  return columns.map((column, index) => {
    const x = left + columns.slice(0, index).reduce((sum, { width }) => sum + width, 0) + (index > 0 ? gap : 0);
    const align = column.kind === 'text' ? 'left' : 'right';
    return { ...column, x, width: column.width - (index > 0 ? gap : 0), align };
  });
}

function drawRow(sheet: Sheet, cells: readonly Cell[], style: TextStyle, y: number): void {
  sheet.tag('TR', () => {
    for (const { lines, place } of cells) sheet.tag('TD', () => sheet.lines(lines, style, { ...place, y }));
  });
}

export function tablePieces(
  sheet: Sheet,
  { title, columns, rows, hasSum = false, left = page.left }: Table,
): TablePieces {
  const right = left + columns.reduce((sum, { width }) => sum + width, 0);
  const places = placed(columns, left);
  const pieces = rows.map((row, index): Piece => {
    const isLast = index === rows.length - 1;
    const style = hasSum && isLast ? sumStyle : cellStyle;
    const cells = places.map(({ kind, ...place }, cell): Cell => {
      const text = row[cell] ?? '';
      return { lines: kind === 'text' ? sheet.wrap(text, style, place.width) : [text], place };
    });
    const height = sheet.height(Math.max(1, ...cells.map(({ lines }) => lines.length)), style) + 2 * padding;
    return {
      height,
      draw(y) {
        drawRow(sheet, cells, style, y + padding);
        if (!isLast) sheet.rule(y + height, { left, right, width: 0.4 });
      },
    };
  });
  const firstRow = pieces[0]?.height ?? 0;
  const heads: Piece = {
    height: sheet.height(1, headStyle) + 2,
    keeps: firstRow,
    draw(y) {
      sheet.tag('TR', () => {
        for (const { head, ...place } of places) sheet.tag('TH', () => sheet.line(head, headStyle, { ...place, y }));
      });
      sheet.rule(y + heads.height, { left, right, color: colours.secondInk, width: 0.5 });
    },
  };
  return {
    title: {
      height: sheet.height(1, titleStyle) + 2,
      keeps: heads.height + firstRow,
      draw: (y) => sheet.tag('H2', () => sheet.line(title, titleStyle, { x: left, y, width: right - left })),
    },
    body: [heads, ...pieces],
  };
}

/** A table that goes on over the page. */
export function tablePart(sheet: Sheet, table: Table): Part {
  const { title, body } = tablePieces(sheet, table);
  return {
    height: heightOf([title, ...body]),
    draw(flow) {
      flow.put(title);
      sheet.tag('Table', () => {
        for (const piece of body) flow.put(piece);
      });
    },
  };
}
