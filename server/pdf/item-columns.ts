import type { SlipItem } from '../../contract/slips.ts';
import { formatCents, formatDecimal, formatMeasure } from './format.ts';
import { colours, mm, page } from './look.ts';
import type { TextStyle } from './sheet.ts';

export interface Column {
  readonly head: string;
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly style: TextStyle;
  /** The first line, and what stands below it in small. Words wrap, numbers are set smaller. */
  readonly cell: (item: SlipItem) => readonly [main: string, below: string];
  readonly wraps: boolean;
}

const plain: TextStyle = { font: 'regular', size: 8.2 };
const strong: TextStyle = { font: 'semibold', size: 8.2 };
export const smallStyle: TextStyle = { font: 'regular', size: 7, color: colours.secondInk };
export const headStyle: TextStyle = { font: 'regular', size: 7, color: colours.secondInk };

const cents = (value: number | null): string => (value === null ? '' : formatCents(value));
const decimal = (value: string | null): string => (value === null ? '' : formatDecimal(value));

type Declared = Omit<Column, 'x' | 'width' | 'align' | 'wraps'> & { readonly mm: number; readonly words?: true };

const declared: readonly Declared[] = [
  { head: 'Postavka in dobavitelj', mm: 49, words: true, style: strong, cell: (i) => [i.description, i.supplier ?? ''] },
  { head: 'Znesek stavbe', mm: 21, style: plain, cell: (i) => [cents(i.buildingTotalCents), ''] },
  { head: 'Ključ delitve', mm: 25, words: true, style: plain, cell: (i) => [i.allocationKey ?? '', ''] },
  { head: 'Količina', mm: 16, style: plain, cell: (i) => [decimal(i.quantity), i.quantity === null ? '' : formatMeasure(i.measure ?? '')] },
  { head: 'Cena', mm: 15, style: plain, cell: (i) => [decimal(i.price), ''] },
  { head: 'Osnova', mm: 14, style: plain, cell: (i) => [cents(i.baseCents), ''] },
  { head: 'DDV', mm: 13, style: plain, cell: (i) => [cents(i.vatCents), i.vatRate === null ? '' : `${decimal(i.vatRate)} %`] },
  { head: 'Znesek', mm: 17, style: strong, cell: (i) => [cents(i.amountCents), ''] },
]; // prettier-ignore

/** Between two columns. */
const gap = mm(2.4);

/** The columns of the item table from left to right; together they are as wide as the page's content. */
export const itemColumns: readonly Column[] = declared.map(({ words = false, ...column }, index) => ({
  ...column,
  x: page.left + mm(declared.slice(0, index).reduce((sum, { mm: width }) => sum + width, 0)) + (words ? (index > 0 ? gap : 0) : gap),
  width: mm(column.mm) - (index > 0 ? gap : 0),
  align: words ? 'left' : 'right',
  wraps: words,
})); // prettier-ignore
