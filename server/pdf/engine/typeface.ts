import { createRequire } from 'node:module';
import { openSync, type Font, type Glyph } from 'fontkit';

const files = {
  regular: 'atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
  semibold: 'atkinson-hyperlegible-next/600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf',
  bold: 'atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
  mono: 'atkinson-hyperlegible-mono/600SemiBold/AtkinsonHyperlegibleMono_600SemiBold.ttf',
  /** As wide as Courier New, for the data of the UPN form: 10 points are 12 characters an inch. */
  form: 'cousine/700Bold/Cousine_700Bold.ttf',
} as const;

export type FontName = keyof typeof files;

/** Tabular figures line up in columns; the slashed zero is told from the letter O in codes. */
const features = ['tnum', 'zero'];

/** A font is embedded in two parts: what nearly every document needs, and the rest of it. */
export type FontPart = 'core' | 'rest';

/** ASCII, the letters of Slovene names, and the marks of Slovene typesetting. */
const coreCharacters = new Set([
  ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)),
  ...'čćđšžČĆĐŠŽäöüÄÖÜ\u00a0–—„“”’…·•×€−²³°§',
]);

/** What no font of ours has a picture for: control characters, private use, and what is no character at all. */
const isDrawable = (code: number): boolean =>
  code <= 0xffff && !/^[\p{C}\p{Zl}\p{Zp}]$/u.test(String.fromCodePoint(code));

const unknown = 0;
const partNumbers: Readonly<Record<FontPart, number>> = { core: 1, rest: 2 };

/**
 * A font as documents use it: one glyph for each character, no kerning and no ligatures, so that the width of a text
 * is a sum and its codes are its characters. Characters above the basic plane count as unknown.
 */
export class Typeface {
  readonly font: Font;
  /** From the top of a line to its base line, in sizes. */
  readonly ascent: number;
  /** The width of each character in thousandths of the size; of unknown ones, that of the box drawn in their place. */
  readonly advances: Uint16Array;
  private readonly parts = new Uint8Array(0x10000);

  /** @param like Another typeface, whose characters are enough; undefined: all that the font has. */
  constructor(name: FontName, like: Typeface | undefined) {
    const font = openSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/${files[name]}`));
    if ('fonts' in font) throw new Error(`${files[name]} is a collection, not a font`);
    this.font = font;
    this.ascent = font.ascent / font.unitsPerEm;
    this.advances = new Uint16Array(0x10000).fill(this.thousandths(font.getGlyph(0)));
    for (const code of font.characterSet.filter((code) => (like ? like.has(code) : isDrawable(code)))) {
      this.advances[code] = this.thousandths(this.glyph(code));
      this.parts[code] = partNumbers[coreCharacters.has(String.fromCodePoint(code)) ? 'core' : 'rest'];
    }
  }

  private thousandths({ advanceWidth }: Glyph): number {
    return Math.round((advanceWidth * 1000) / this.font.unitsPerEm);
  }

  /** Only figures have other forms among the features. */
  glyph(code: number): Glyph {
    const isFigure = code >= 0x30 && code <= 0x39;
    const [shaped] = isFigure ? this.font.layout(String.fromCodePoint(code), features).glyphs : [];
    return shaped ?? this.font.glyphForCodePoint(code);
  }

  has(code: number): boolean {
    return code <= 0xffff && this.parts[code] !== unknown;
  }

  /** The part that draws the character; an unknown one becomes a box of the core. */
  partOf(code: number): FontPart {
    return this.parts[code] === partNumbers.rest ? 'rest' : 'core';
  }

  /** The characters of a part in the order of their codes. */
  charactersOf(part: FontPart): number[] {
    return [...this.parts.keys()].filter((code) => this.parts[code] === partNumbers[part]);
  }

  /** In sizes: multiply by the size of the text. */
  width(text: string): number {
    let sum = 0;
    for (let index = 0; index < text.length; index += 1) sum += this.advances[text.charCodeAt(index)] ?? 0;
    return sum / 1000;
  }
}

const opened = new Map<FontName, Typeface>();

function open(name: FontName): Typeface {
  const face = opened.get(name) ?? new Typeface(name, name === 'form' ? open('regular') : undefined);
  opened.set(name, face);
  return face;
}

/**
 * The fonts of all documents, each opened once for the process or the thread, when the first text needs it: a command
 * line that draws nothing waits for none.
 */
export const typefaces: Readonly<Record<FontName, Typeface>> = {
  get regular() {
    return open('regular');
  },
  get semibold() {
    return open('semibold');
  },
  get bold() {
    return open('bold');
  },
  get mono() {
    return open('mono');
  },
  get form() {
    return open('form');
  },
};
