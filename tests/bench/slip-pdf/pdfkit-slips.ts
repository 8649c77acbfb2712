import { createRequire } from 'node:module';
import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import { symbolRuns } from '../../../server/payments/upn-symbol.ts';
import type { FontName } from '../../../server/pdf/engine/typeface.ts';
import type { Stroke } from '../../../server/pdf/sheet.ts';
import type { Drawn } from './recorded.ts';

const { resolve } = createRequire(import.meta.url);

/** The fonts of our slips, as files. */
export const fontFiles: Readonly<Record<FontName, string>> = {
  regular: resolve('@expo-google-fonts/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf'),
  semibold: resolve(
    '@expo-google-fonts/atkinson-hyperlegible-next/600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf',
  ),
  bold: resolve('@expo-google-fonts/atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf'),
  mono: resolve('@expo-google-fonts/atkinson-hyperlegible-mono/600SemiBold/AtkinsonHyperlegibleMono_600SemiBold.ttf'),
  form: resolve('@expo-google-fonts/cousine/700Bold/Cousine_700Bold.ttf'),
};

/** The fonts opened once. PDFKit takes an opened font as well, which its types do not say: hence the cast. */
export const openFonts = Object.fromEntries(Object.entries(fontFiles).map(([name, file]) => [name, openSync(file) as unknown as Buffer])) as Readonly<Record<FontName, Buffer>>; // prettier-ignore

type Fonts = Readonly<Record<FontName, string | Buffer>>;

/** A document as PDFKit's manual makes one. PDFKit opens a registered file when it is first used. */
export function startDocument(fonts: Fonts): PDFKit.PDFDocument {
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  for (const [name, font] of Object.entries(fonts)) document.registerFont(name, font);
  return document;
}

function stroke(document: PDFKit.PDFDocument, { color, width, dash }: Stroke): void {
  document.lineWidth(width);
  if (dash) document.dash(dash[0], { space: dash[1] });
  document.stroke(color);
  if (dash) document.undash();
}

/** A code as one rectangle for each of its modules, or as one path of its runs. */
export type CodeStyle = 'squares' | 'path';

type Code = Extract<Drawn, { kind: 'modules' }>;

function drawSquares(document: PDFKit.PDFDocument, { rows, x, y, size }: Code): void {
  rows.forEach((row, top) =>
    row.forEach((dark, left) => {
      if (dark) document.rect(x + left * size, y + top * size, size, size).fill('#000000');
    }),
  );
}

function drawPath(document: PDFKit.PDFDocument, { rows, x, y, size }: Code): void {
  const path = symbolRuns(rows).map(([left, top, length]) => `${left} ${top} ${length} 1 re `);
  document
    .save()
    .translate(x, y)
    .scale(size)
    .fillColor('#000000')
    .addContent(`${path.join('')}f`)
    .restore();
}

/** Texts with `doc.text` and their width. */
function draw(document: PDFKit.PDFDocument, drawn: Drawn, codes: CodeStyle): void {
  if (drawn.kind === 'text') {
    const { text, style, place } = drawn;
    const { x, baseline, width, align = 'left' } = place;
    document.font(style.font, style.size).fillColor(style.color ?? '#1d2733');
    document.text(text, x, baseline - style.size, { width: width + 1, align });
  } else if (drawn.kind === 'modules') {
    (codes === 'squares' ? drawSquares : drawPath)(document, drawn);
  } else if (drawn.kind === 'lines') {
    for (const [x1, y1, x2, y2] of drawn.segments) document.moveTo(x1, y1).lineTo(x2, y2);
    stroke(document, drawn.stroke);
  } else {
    document.rect(...drawn.at);
    if (drawn.stroke) stroke(document, drawn.stroke);
    else document.fill(drawn.fill ?? '#ffffff');
  }
}

/** Adds the pages of a slip. */
export function drawPages(document: PDFKit.PDFDocument, pages: readonly (readonly Drawn[])[], codes: CodeStyle): void {
  for (const page of pages) {
    document.addPage();
    for (const drawn of page) draw(document, drawn, codes);
  }
}
