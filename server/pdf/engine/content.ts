import { deflateSync } from 'node:zlib';
import { artifact, type Owner, type StructureElement } from './structure.ts';
import { typefaces, type FontName, type FontPart } from './typeface.ts';

export interface TextStyle {
  readonly font: FontName;
  /** Points. */
  readonly size: number;
  /** `#rrggbb` */
  readonly color: string;
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

/** Squares of a grid, row by row; true is dark. */
export type Cells = readonly (readonly boolean[])[];

/** A page that is drawn. */
export interface DrawnPage {
  /** The operators, deflated. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whose each piece of marked content is, by its number; empty where nothing is marked. */
  readonly owners: readonly StructureElement[];
}

/** The name of a font part among a document's resources, the same in all documents. */
export const partName = (font: FontName, part: FontPart): string => `${font}-${part}`;

/** Points with two decimals: four thousandths of a millimetre. */
const points = (value: number): string => String(Math.round(value * 100) / 100);

/** A factor of an axis, which is multiplied by what may be as long as the page. */
const axis = (value: number): string => String(Math.round(value * 1e6) / 1e6);

const hexOfCode = Array.from({ length: 0x180 }, (_, code) => code.toString(16).padStart(4, '0'));
const hex = (code: number): string => hexOfCode[code] ?? code.toString(16).padStart(4, '0');

const colours = new Map<string, string>();

/** `#1d2733` as the three numbers of a colour operator. */
function components(color: string): string {
  const known = colours.get(color);
  if (known !== undefined) return known;
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const written = parts.map((part) => String(Math.round(part * 1000) / 1000)).join(' ');
  colours.set(color, written);
  return written;
}

/** How far the control points of a quarter of a circle stand from its ends, in radii. */
const arc = 0.5523;

/**
 * What is drawn on one page, as the operators of PDF in one string (ISO 32000-1, annex A). Places are points from the
 * top left; texts stand on their base lines. An operator is written only where it changes something.
 */
export class Content {
  private readonly page: number;
  private readonly height: number;
  private operators = '';
  private font = '';
  private fill = '';
  private stroke = '';
  private open: Owner | null = null;
  private readonly owners: StructureElement[] = [];
  private readonly fonts: Set<string>;

  /**
   * @param page Its place in the document, from 0.
   * @param fonts The parts of fonts that the document's pages use, by their names; the page adds its own.
   */
  constructor(page: number, height: number, fonts: Set<string>) {
    this.page = page;
    this.height = height;
    this.fonts = fonts;
  }

  private point(x: number, y: number): string {
    return `${points(x)} ${points(this.height - y)}`;
  }

  /** What follows belongs to this owner, until another comes. */
  mark(owner: Owner): void {
    if (owner === this.open) return;
    this.closeMark();
    this.open = owner;
    if (owner === artifact) {
      this.operators += '/Artifact BMC\n';
      return;
    }
    const id = this.owners.push(owner) - 1;
    owner.children.push({ page: this.page, id });
    this.operators += `/${owner.type}<</MCID ${id}>>BDC\n`;
  }

  private closeMark(): void {
    if (this.open !== null) this.operators += 'EMC\n';
    this.open = null;
  }

  private setFill(color: string): void {
    if (color === this.fill) return;
    this.operators += `${components(color)} rg\n`;
    this.fill = color;
  }

  private setStroke({ color, width, dash }: Stroke): void {
    const stroke = `${components(color)} RG ${points(width)} w [${dash ? dash.map(points).join(' ') : ''}] 0 d\n`;
    if (stroke === this.stroke) return;
    this.operators += stroke;
    this.stroke = stroke;
  }

  /** What the drawing changes of colours, font and axes is undone after it. */
  private saved(draw: () => void): void {
    const { font, fill, stroke } = this;
    this.operators += 'q\n';
    draw();
    this.operators += 'Q\n';
    Object.assign(this, { font, fill, stroke });
  }

  text(text: string, style: TextStyle, x: number, baseline: number): void {
    this.setFill(style.color);
    this.operators += `BT ${this.selection(style, text)}${this.point(x, baseline)} Td ${this.shown(text, style)}ET\n`;
  }

  /** Selects the font of the text's beginning. */
  private selection({ font, size }: TextStyle, text: string): string {
    return this.select(font, typefaces[font].partOf(text.charCodeAt(0)), size);
  }

  private select(font: FontName, part: FontPart, size: number): string {
    const name = partName(font, part);
    const selected = `/${name} ${points(size)} Tf `;
    if (selected === this.font) return '';
    this.fonts.add(name);
    this.font = selected;
    return selected;
  }

  /** The operators that write the text, one for each run of characters of the same part of the font. */
  private shown(text: string, { font, size }: TextStyle): string {
    const face = typefaces[font];
    let operators = '<';
    let part = face.partOf(text.charCodeAt(0));
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      const next = face.partOf(code);
      if (next !== part) {
        operators += `>Tj ${this.select(font, next, size)}<`;
        part = next;
      }
      operators += hex(code);
    }
    return `${operators}>Tj `;
  }

  /** A text that begins at the point and rises by this angle. */
  risingText(text: string, style: TextStyle, x: number, y: number, degrees: number): void {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map(axis) as [string, string]; // prettier-ignore
    this.saved(() => {
      this.operators += `${cos} ${sin} ${axis(-Number(sin))} ${cos} ${this.point(x, y)} cm\n`;
      this.text(text, style, 0, this.height);
    });
  }

  private rectangle([x, y, width, height]: Rectangle): string {
    return `${this.point(x, y + height)} ${points(width)} ${points(height)} re `;
  }

  fillRectangle(rectangle: Rectangle, color: string): void {
    this.setFill(color);
    this.operators += `${this.rectangle(rectangle)}f\n`;
  }

  strokeRectangle(rectangle: Rectangle, stroke: Stroke): void {
    this.setStroke(stroke);
    this.operators += `${this.rectangle(rectangle)}S\n`;
  }

  fillRounded([x, y, width, height]: Rectangle, radius: number, color: string): void {
    const [right, bottom, near] = [x + width, y + height, radius * (1 - arc)];
    const curve = (...at: readonly [number, number, number, number, number, number]): string =>
      `${this.point(at[0], at[1])} ${this.point(at[2], at[3])} ${this.point(at[4], at[5])} c `;
    this.setFill(color);
    this.operators += `${this.point(x + radius, y)} m ${this.point(right - radius, y)} l `;
    this.operators += curve(right - near, y, right, y + near, right, y + radius);
    this.operators += `${this.point(right, bottom - radius)} l `;
    this.operators += curve(right, bottom - near, right - near, bottom, right - radius, bottom);
    this.operators += `${this.point(x + radius, bottom)} l `;
    this.operators += curve(x + near, bottom, x, bottom - near, x, bottom - radius);
    this.operators += `${this.point(x, y + radius)} l `;
    this.operators += `${curve(x, y + near, x + near, y, x + radius, y)}f\n`;
  }

  strokeSegments(segments: readonly Segment[], stroke: Stroke): void {
    this.setStroke(stroke);
    for (const [x1, y1, x2, y2] of segments) this.operators += `${this.point(x1, y1)} m ${this.point(x2, y2)} l `;
    this.operators += 'S\n';
  }

  /** The dark cells of a grid as one path in units of cells: a rectangle for each run of a row. */
  fillCells(rows: Cells, x: number, y: number, cell: number, color: string): void {
    this.saved(() => {
      this.setFill(color);
      this.operators += `${axis(cell)} 0 0 ${axis(-cell)} ${this.point(x, y)} cm\n`;
      rows.forEach((row, top) => {
        for (let left = 0; left < row.length; left += 1) {
          const start = left;
          while (row[left]) left += 1;
          if (left > start) this.operators += `${start} ${top} ${left - start} 1 re `;
        }
      });
      this.operators += 'f\n';
    });
  }

  picture(name: string, [x, y, width, height]: Rectangle): void {
    this.operators += `q ${points(width)} 0 0 ${points(height)} ${this.point(x, y + height)} cm /${name} Do Q\n`;
  }

  finish(): DrawnPage {
    this.closeMark();
    return { content: deflateSync(Buffer.from(this.operators, 'latin1'), { level: 1 }), owners: this.owners };
  }
}
