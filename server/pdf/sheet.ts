import { Content, type Cells, type DrawnPage, type Rectangle, type Segment, type Stroke } from './engine/content.ts';
import { DocumentLimit } from './engine/document-limit.ts';
import { pictureName } from './engine/picture.ts';
import { drawnText } from './engine/printable.ts';
import { artifact, Structure, type StructureType } from './engine/structure.ts';
import { typefaces, type FontName } from './engine/typeface.ts';
import { colours, page } from './look.ts';
import type { Logo } from './slip-document.ts';
import { wrapWords } from './wrap.ts';

export type { Cells as Modules, Rectangle, Segment, Stroke } from './engine/content.ts';

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

interface SheetOptions {
  /** For files that are read on a screen; what is only printed needs no structure. */
  readonly isTagged?: boolean;
  /** Adding one more fails with DocumentLimit. */
  readonly mostPages?: number;
}

/** What a line of these fonts takes, in sizes: the ascender and descender that all of them share. */
const lineHeight = 1.3;

/** From the top of a line to its base line. */
const ascent = ({ font, size }: TextStyle): number => typefaces[font].ascent * size;

/**
 * Paper to write on, which measures before it writes. Units are points from the top left. What is drawn can be tagged:
 * texts outside of every tag are paragraphs, lines and grounds are not read.
 */
export class Sheet {
  /** Where in the document's order of reading the drawing is; none where nothing is tagged. */
  readonly structure: Structure | undefined;
  /** The names of the font parts that the pages use. */
  readonly fonts = new Set<string>();
  /** The pictures that the pages use. */
  readonly pictures = new Set<Logo>();
  private readonly mostPages: number;
  private readonly pages: Content[] = [];
  private current = new Content(0, page.height, this.fonts);

  constructor({ isTagged = false, mostPages = Infinity }: SheetOptions = {}) {
    this.structure = isTagged ? new Structure() : undefined;
    this.mostPages = mostPages;
  }

  /** A page, where drawing goes on. */
  addPage(): void {
    if (this.pages.length >= this.mostPages) throw new DocumentLimit(`more than ${this.mostPages} pages`);
    this.current = new Content(this.pages.length, page.height, this.fonts);
    this.pages.push(this.current);
  }

  get pageCount(): number {
    return this.pages.length;
  }

  /** Goes back to a page (0 is the first) for what is known only at the end. */
  toPage(index: number): void {
    const content = this.pages[index];
    if (!content) throw new RangeError(`there is no page ${index}`);
    this.current = content;
  }

  /** Hands over the pages that have been drawn, and forgets them. */
  takePages(): DrawnPage[] {
    return this.pages.splice(0).map((content) => content.finish());
  }

  /** Draws something as an element of the structure, with a text for those who do not see it. */
  tag<T>(type: StructureType, draw: () => T, alternative?: string): T {
    return this.structure ? this.structure.within(type, draw, alternative) : draw();
  }

  /** Draws what is not read: heads and feet of pages. */
  artifact<T>(draw: () => T): T {
    return this.structure ? this.structure.within(artifact, draw) : draw();
  }

  private get forText(): Content {
    if (this.structure) this.current.mark(this.structure.ownerOfText);
    return this.current;
  }

  private get forShape(): Content {
    if (this.structure) this.current.mark(this.structure.ownerOfShape);
    return this.current;
  }

  private asParagraph<T>(draw: () => T): T {
    return this.structure ? this.structure.texts(draw) : draw();
  }

  width(text: string, { font, size }: TextStyle): number {
    return typefaces[font].width(drawnText(text)) * size;
  }

  /** The text in lines that are no wider than this; a word that is wider is broken. */
  wrap(text: string, { font, size }: TextStyle, width: number): string[] {
    const face = typefaces[font];
    return wrapWords(drawnText(text), width / size, (part) => face.width(part));
  }

  height(lines: number, { size }: TextStyle): number {
    return lines * size * lineHeight;
  }

  /** Writes one line; what cannot be broken, such as a number, is set smaller until it fits. */
  line(text: string, style: TextStyle, { y, ...place }: Place): void {
    this.onBaseline(text, style, { ...place, baseline: y + ascent(style) });
  }

  /**
   * The same on its base line, where a smaller text stands on it too.
   *
   * @param after What is written behind it and not measured.
   */
  onBaseline(text: string, { font, size, color = colours.ink }: TextStyle, place: BaseLine, after = ''): void {
    if (text === '') return;
    const { x, baseline, width, align = 'left' } = place;
    const drawn = drawnText(text);
    const needed = typefaces[font].width(drawn) * size;
    const fitting = needed > width ? (size * width) / needed : size;
    const shift = align === 'left' ? 0 : (width - Math.min(needed, width)) / (align === 'right' ? 1 : 2);
    this.asParagraph(() => this.forText.text(drawn + after, { font, size: fitting, color }, x + shift, baseline));
  }

  /** Writes lines below each other and returns the place below the last of them. */
  lines(texts: readonly string[], style: TextStyle, { y, ...place }: Place): number {
    // Who hears a text hears its lines as one: a blank keeps their words apart.
    const after = this.structure ? ' ' : '';
    this.asParagraph(() =>
      texts.forEach((text, index) => {
        const baseline = y + this.height(index, style) + ascent(style);
        this.onBaseline(text, style, { ...place, baseline }, after);
      }),
    );
    return y + this.height(texts.length, style);
  }

  /** The texts below each other in the largest of the sizes in which they stay in the area; in the last one if none. */
  fit(texts: readonly string[], font: TextStyle, sizes: readonly number[], area: Area): Fitted {
    let fitted: Fitted = { style: font, lines: [] };
    for (const size of sizes) {
      const style = { ...font, size };
      fitted = { style, lines: texts.flatMap((text) => this.wrap(text, style, area.width)) };
      if (this.height(fitted.lines.length, style) <= area.height) break;
    }
    return fitted;
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

  /** A line of text with its middle here, turned against the clock. It is not read: say it somewhere else too. */
  slanted(text: string, { font, size, color = colours.ink }: TextStyle, x: number, y: number, degrees: number): void {
    const drawn = drawnText(text);
    const [half, rise] = [(typefaces[font].width(drawn) * size) / 2, 0.35 * size];
    const angle = (degrees * Math.PI) / 180;
    const [left, top] = [x - half * Math.cos(angle) + rise * Math.sin(angle), y + half * Math.sin(angle) + rise * Math.cos(angle)]; // prettier-ignore
    this.artifact(() => this.forText.risingText(drawn, { font, size, color }, left, top, degrees));
  }

  /** A hair line across. */
  rule(y: number, { left = page.left, right = page.right, color = colours.line, width = 0.6 }: Rule = {}): void {
    this.strokes([[left, y, right, y]], { color, width });
  }

  /** The line along which the payment part is torn off: across the whole page. */
  perforation(y: number): void {
    this.strokes([[0, y, page.width, y]], { color: colours.perforation, width: 1, dash: [3, 2.5] });
  }

  box(x: number, y: number, width: number, height: number, { fill = colours.straw, radius = 8 }: Fill = {}): void {
    this.forShape.fillRounded([x, y, width, height], radius, fill);
  }

  rect(rectangle: Rectangle, fill: string): void {
    this.forShape.fillRectangle(rectangle, fill);
  }

  strokeRect(rectangle: Rectangle, stroke: Stroke): void {
    this.forShape.strokeRectangle(rectangle, stroke);
  }

  /** Straight lines as one path. */
  strokes(segments: readonly Segment[], stroke: Stroke): void {
    this.forShape.strokeSegments(segments, stroke);
  }

  /** A symbol as one path of its dark runs: a fifth of the work of a rectangle for each module. */
  modules(rows: Cells, x: number, y: number, size: number): void {
    this.forShape.fillCells(rows, x, y, size, colours.black);
  }

  /** A picture that fills the rectangle. */
  image(picture: Logo, rectangle: Rectangle): void {
    this.pictures.add(picture);
    this.forShape.picture(pictureName(picture), rectangle);
  }
}
