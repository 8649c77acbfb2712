import type { Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { fonts, type FontName } from './fonts.ts';
import { colours, page } from './look.ts';
import type { Logo } from './slip-document.ts';
import { wrapWords } from './wrap.ts';

export interface TextStyle {
  readonly font: FontName;
  /** Points. */
  readonly size: number;
  readonly color?: string;
}

export interface Place {
  readonly x: number;
  /** The top of the first line. */
  readonly y: number;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
}

/** A place for one line on its base line, as forms give them. */
export interface BaseLine extends Omit<Place, 'y'> {
  readonly baseline: number;
}

export interface Stroke {
  readonly color: string;
  readonly width: number;
  /** The length of a dash and of the gap behind it. */
  readonly dash?: readonly [dash: number, gap: number];
}

/** From one point to the other. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** Left, top, width, height. */
export type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** The modules of a symbol, row by row; true is dark. */
export type Modules = readonly (readonly boolean[])[];

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** Texts that were made to fit, and the style in which they do. */
export interface Fitted {
  readonly lines: readonly string[];
  readonly style: TextStyle;
}

interface Rule {
  readonly left?: number;
  readonly right?: number;
  readonly color?: string;
  readonly width?: number;
}

interface Fill {
  readonly fill?: string;
  readonly radius?: number;
}

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Written into the document instead of the clock's time: the same data gives the same bytes. */
  readonly created: Date;
}

/** What a line of these fonts takes, in sizes: the ascender and descender that all of them share. */
const lineHeight = 1.3;

/** From the top of a line to its base line. */
const ascent = ({ font, size }: TextStyle): number => (fonts[font].ascent / fonts[font].unitsPerEm) * size;

/** A rectangle for each run of dark modules in a row, in units of modules. */
function darkRuns(rows: Modules): string {
  let path = '';
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x += 1) {
      const start = x;
      while (row[x]) x += 1;
      if (x > start) path += `${start} ${y} ${x - start} 1 re `;
    }
  return path;
}

/** Paper to write on: a PDFKit document that knows the fonts and measures before it writes. Units are points. */
export class Sheet {
  readonly document: PDFKit.PDFDocument;

  constructor({ title, author, subject, created }: DocumentFacts, bufferPages: boolean) {
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      lang: 'sl',
      displayTitle: true,
      autoFirstPage: false,
      bufferPages,
      fontLayoutCache: false,
      // No default font: PDFKit would load and name Helvetica, which nothing here is written in.
      font: null as unknown as string,
      info: { Title: title, Author: author, Subject: subject, Creator: 'iiPortal', Producer: 'iiPortal', CreationDate: created },
    }); // prettier-ignore
    for (const [name, font] of Object.entries(fonts)) this.register(name, font);
  }

  /** PDFKit takes an opened font too, which its types do not say. */
  private register(name: string, font: Font): void {
    this.document.registerFont(name, font as unknown as Buffer);
  }

  width(text: string, { font, size }: TextStyle): number {
    return this.document.font(font, size).widthOfString(text);
  }

  /** The text in lines that are no wider than this; a word that is wider is broken. */
  wrap(text: string, style: TextStyle, width: number): string[] {
    return wrapWords(text, width, (part) => this.width(part, style));
  }

  height(lines: number, { size }: TextStyle): number {
    return lines * size * lineHeight;
  }

  /** Writes one line; what cannot be broken, such as a number, is set smaller until it fits. */
  line(text: string, style: TextStyle, { y, ...place }: Place): void {
    this.onBaseline(text, style, { ...place, baseline: y + ascent(style) });
  }

  /** The same on its base line, where a smaller text stands on it too. */
  onBaseline(text: string, style: TextStyle, { x, baseline, width, align = 'left' }: BaseLine): void {
    const needed = this.width(text, style);
    const size = needed > width ? (style.size * width) / needed : style.size;
    const written = Math.min(needed, width);
    const shift = align === 'left' ? 0 : (width - written) / (align === 'right' ? 1 : 2);
    this.document
      .font(style.font, size)
      .fillColor(style.color ?? colours.ink)
      .text(text, x + shift, baseline - ascent({ ...style, size }), { lineBreak: false });
  }

  /** Writes lines below each other and returns the place below the last of them. */
  lines(texts: readonly string[], style: TextStyle, place: Place): number {
    texts.forEach((text, index) => this.line(text, style, { ...place, y: place.y + this.height(index, style) }));
    return place.y + this.height(texts.length, style);
  }

  /** The texts below each other in the largest of the sizes in which they stay in the area; in the last one if none. */
  fit(texts: readonly string[], font: TextStyle, sizes: readonly number[], area: Area): Fitted {
    const tries = sizes.map((size) => {
      const style = { ...font, size };
      return { style, lines: texts.flatMap((text) => this.wrap(text, style, area.width)) };
    });
    const fitting = tries.find(({ lines, style }) => this.height(lines.length, style) <= area.height);
    return fitting ?? tries.at(-1) ?? { style: font, lines: [] };
  }

  /** As much of the text as the width holds, with an ellipsis; for what stands in full somewhere else. */
  clip(text: string, style: TextStyle, width: number): string {
    if (this.width(text, style) <= width) return text;
    const [first = ''] = this.wrap(text, style, width - this.width('…', style));
    return `${first}…`;
  }

  /** Wraps and writes; returns the place below. */
  paragraph(text: string, style: TextStyle, place: Place): number {
    return this.lines(this.wrap(text, style, place.width), style, place);
  }

  /** A hair line across. */
  rule(y: number, { left = page.left, right = page.right, color = colours.line, width = 0.6 }: Rule = {}): void {
    this.document.moveTo(left, y).lineTo(right, y).lineWidth(width).strokeColor(color).stroke();
  }

  /** The line along which the payment part is torn off: across the whole page. */
  perforation(y: number): void {
    this.document.save().dash(3, { space: 2.5 });
    this.rule(y, { left: 0, right: page.width, color: colours.perforation, width: 1 });
    this.document.restore();
  }

  box(x: number, y: number, width: number, height: number, { fill = colours.straw, radius = 8 }: Fill = {}): void {
    this.document.roundedRect(x, y, width, height, radius).fill(fill);
  }

  /** A page, where drawing goes on. */
  addPage(): void {
    this.document.addPage();
  }

  get pageCount(): number {
    return this.document.bufferedPageRange().count;
  }

  /** Goes back to a page (0 is the first) for what is known only at the end. */
  toPage(index: number): void {
    this.document.switchToPage(index);
  }

  rect([x, y, width, height]: Rectangle, fill: string): void {
    this.document.rect(x, y, width, height).fill(fill);
  }

  strokeRect([x, y, width, height]: Rectangle, { color, width: line }: Stroke): void {
    this.document.rect(x, y, width, height).lineWidth(line).stroke(color);
  }

  /** Straight lines as one path. */
  strokes(segments: readonly Segment[], { color, width, dash }: Stroke): void {
    this.document.save().lineWidth(width);
    if (dash) this.document.dash(dash[0], { space: dash[1] });
    for (const [x1, y1, x2, y2] of segments) this.document.moveTo(x1, y1).lineTo(x2, y2);
    this.document.stroke(color).restore();
  }

  /** A symbol as one path of its dark runs: a fifth of the work of a rectangle for each module. */
  modules(rows: Modules, x: number, y: number, size: number): void {
    this.document.save().translate(x, y).scale(size).fillColor(colours.black);
    this.document.addContent(`${darkRuns(rows)}f`);
    this.document.restore();
  }

  /** A line of text with its middle here, turned against the clock. */
  slanted(text: string, style: TextStyle, x: number, y: number, degrees: number): void {
    const width = this.width(text, style);
    this.document.save().rotate(-degrees, { origin: [x, y] });
    this.line(text, style, { x: x - width / 2, y: y - this.height(1, style) / 2, width: width + 1 });
    this.document.restore();
  }

  /** A picture that fills the rectangle. */
  image({ kind, bytes, width: columns, height: rows }: Logo, [x, y, width, height]: Rectangle): void {
    if (kind === 'jpeg') {
      this.document.image(Buffer.from(bytes), x, y, { width, height });
      return;
    }
    const facts = { Type: 'XObject', Subtype: 'Image', Width: columns, Height: rows, BitsPerComponent: 8 };
    const reference = this.document.ref({ ...facts, ColorSpace: 'DeviceRGB', Filter: 'FlateDecode' });
    reference.end(Buffer.from(bytes));
    const name = `I${reference.id}`;
    (this.document.page.xobjects as Record<string, unknown>)[name] = reference;
    this.document
      .save()
      .transform(width, 0, 0, -height, x, y + height)
      .addContent(`/${name} Do`)
      .restore();
  }
}
