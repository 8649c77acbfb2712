import { upnModuleMm, upnSymbolSize } from '../../payments/upn-symbol.ts';
import { colours, mm, page } from '../look.ts';
import type { Rectangle, Segment, Sheet, TextStyle } from '../sheet.ts';
import {
  boxes,
  combHeight,
  combs,
  dashedLines,
  formColours,
  formSize,
  labels,
  marks,
  signatureLine,
  tints,
  type Bounds,
  type BoxName,
  type Label,
} from './geometry.ts';
import type { FormValues, Value } from './values.ts';

/** The top of the form on a page: it takes the bottom 99 mm of an A4. */
export const formTop = page.height - mm(formSize.height);

const x = (millimetres: number): number => mm(millimetres);
const y = (millimetres: number): number => formTop + mm(millimetres);
const rectangle = ([left, top, right, bottom]: Bounds): Rectangle => [
  x(left),
  y(top),
  mm(right - left),
  mm(bottom - top),
];

/** Lines of the form are half a point (notes to table 1), the dashed ones half of that. */
const border = { color: formColours.border, width: 0.5 };
const dashed = { color: formColours.border, width: 0.25, dash: [0.5, 0.2] as const };

/** Ticks at the foot of a field, between two characters each. */
function combTicks(name: keyof typeof combs): Segment[] {
  const [left, , right, bottom] = boxes[name];
  const pitch = combs[name];
  const count = Math.round((right - left) / pitch) - 1;
  return Array.from({ length: count }, (_, index) => {
    const at = x(left + (index + 1) * pitch);
    return [at, y(bottom), at, y(bottom - combHeight)] as const;
  });
}

/** How far the letters of a text reach below the base line, in sizes. */
const descent = (text: string): number => (/[gjpqy]/.test(text) ? 0.18 : /[Q,()]/.test(text) ? 0.1 : 0);

function drawLabel(sheet: Sheet, { text, x: at, align, bottom, width = 60, size, black }: Label): void {
  const style: TextStyle = { font: 'semibold', size, color: black ? formColours.mark : formColours.border };
  const left = align === 'right' ? at - width : at;
  const place = { x: x(left), baseline: y(bottom) - descent(text) * size, width: mm(width) };
  sheet.onBaseline(text, style, align ? { ...place, align } : place);
}

/** All that is the same on every form, with the perforations by which it is torn off. */
function drawBlank(sheet: Sheet): void {
  sheet.rect(rectangle(tints.payer), formColours.payer);
  sheet.rect(rectangle(tints.recipient), formColours.recipient);
  for (const bounds of Object.values(boxes)) {
    sheet.rect(rectangle(bounds), colours.white);
    sheet.strokeRect(rectangle(bounds), border);
  }
  sheet.strokes((Object.keys(combs) as (keyof typeof combs)[]).flatMap(combTicks), border);
  const lines = Object.values(dashedLines).map(([name, at]): Segment => {
    const [left, , right] = boxes[name];
    return [x(left), y(at), x(right), y(at)];
  });
  sheet.strokes(lines, dashed);
  const { left, right, y: at } = signatureLine;
  sheet.strokes([[x(left), y(at), x(right), y(at)]], border);
  for (const bounds of Object.values(marks)) sheet.rect(rectangle(bounds), formColours.mark);
  for (const label of Object.values(labels)) drawLabel(sheet, label);
  const perforations: Segment[] = [
    [0, formTop, page.width, formTop],
    [x(formSize.split), formTop, x(formSize.split), page.height],
  ];
  sheet.strokes(perforations, { color: colours.perforation, width: 1, dash: [3, 2.5] });
}

/** The code in the middle of its box A25, which leaves it more than the four free modules that it needs. */
function drawCode(sheet: Sheet, code: FormValues['code']): void {
  const [left, top, right, bottom] = boxes.A25;
  const side = upnSymbolSize * upnModuleMm;
  sheet.modules(code, x((left + right - side) / 2), y((top + bottom - side) / 2), mm(upnModuleMm));
}

/** Twelve characters to the inch on the order, seventeen on the receipt (section 4.2.2); each is 0.6 em wide. */
const perInch = (characters: number): number => 72 / characters / 0.6;
const orderStyle: TextStyle = { font: 'form', size: perInch(12), color: colours.black };
const receiptStyle: TextStyle = { font: 'form', size: perInch(17), color: colours.black };

/** The smallest that texts get: what is longer still stands as it is in the code, which always has room. */
const smallest = { order: perInch(17), receipt: perInch(24) } as const;

/** Between the border and the text. */
const padding = 1;

interface Row {
  readonly bounds: Bounds;
  /** Of the row's base line below the top of the box. */
  readonly baseline: number;
  readonly style: TextStyle;
  readonly smallest: number;
}

const rowWidth = ([left, , right]: Bounds): number => mm(right - left - 2 * padding);

/** In full where the row holds it in the smallest letters, else as the code has it; smaller only as it must be. */
function drawRow(sheet: Sheet, value: Value, { bounds, baseline, style, smallest: size }: Row): void {
  const width = rowWidth(bounds);
  const text = sheet.width(value.full, { ...style, size }) <= width ? value.full : value.short;
  sheet.onBaseline(text, style, { x: x(bounds[0] + padding), baseline: y(bounds[1] + baseline), width });
}

function drawOrderBox(sheet: Sheet, name: BoxName, values: readonly Value[]): void {
  const bounds = boxes[name];
  const pitch = (bounds[3] - bounds[1]) / values.length;
  values.forEach((value, index) =>
    drawRow(sheet, value, { bounds, baseline: index * pitch + 3.4, style: orderStyle, smallest: smallest.order }),
  );
}

/** Rows of the receipt are 4.5 mm; the amount has a box of 5 mm. */
function drawReceiptRow(sheet: Sheet, value: Value, bounds: Bounds, index: number, baseline = 3): void {
  drawRow(sheet, value, {
    bounds,
    baseline: index * 4.5 + baseline,
    style: receiptStyle,
    smallest: smallest.receipt,
  });
}

/** Purpose and due date run on over the two rows of their box, in letters in which they have room. */
function drawReceiptPurpose(sheet: Sheet, { full, short }: Value): void {
  const width = rowWidth(boxes.A5);
  const tries = [full, short].flatMap((text) =>
    [17, 20, 24].map((characters) => {
      const style = { ...receiptStyle, size: perInch(characters) };
      return { style, lines: sheet.wrap(text, style, width) };
    }),
  );
  const fitting = tries.find(({ lines }) => lines.length <= 2) ?? { style: receiptStyle, lines: [short] };
  fitting.lines.forEach((line, index) => {
    const place = { x: x(boxes.A5[0] + padding), baseline: y(boxes.A5[1] + index * 4.5 + 3), width };
    sheet.onBaseline(line, fitting.style, place);
  });
}

function drawReceipt(
  sheet: Sheet,
  { payer, purpose, amount, iban, reference, recipient }: FormValues['receipt'],
): void {
  payer.forEach((value, index) => drawReceiptRow(sheet, value, boxes.A3, index));
  drawReceiptPurpose(sheet, purpose);
  drawReceiptRow(sheet, amount, boxes.A8, 0, 3.3);
  // The account on the first row, the reference on the last, as on the examples of the standard.
  drawReceiptRow(sheet, iban, boxes.A10, 0);
  drawReceiptRow(sheet, reference, boxes.A10, 2);
  recipient.forEach((value, index) => drawReceiptRow(sheet, value, boxes.A12, index));
}

/** The filled form on the bottom 99 mm of the page: receipt and order with their code. */
export function drawUpnForm(sheet: Sheet, values: FormValues): void {
  drawBlank(sheet);
  drawCode(sheet, values.code);
  for (const [name, texts] of Object.entries(values.order)) drawOrderBox(sheet, name as BoxName, texts);
  drawReceipt(sheet, values.receipt);
}
