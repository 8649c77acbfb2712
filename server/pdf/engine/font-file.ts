import { deflateSync } from 'node:zlib';
import { typefaces, type FontName, type FontPart, type Typeface } from './typeface.ts';

/** A stream as it is written into a file. */
export interface Stream {
  readonly deflated: Buffer;
  /** Bytes before they were deflated. */
  readonly length: number;
}

/** A part of a font as documents embed it. Its codes are the characters' own numbers (UTF-16). */
export interface FontFile {
  readonly baseName: string;
  readonly program: Stream;
  /** For each code the glyph within the program; two bytes each. */
  readonly glyphOfCode: Stream;
  /** What makes the text searchable: the character of each code. */
  readonly toUnicode: Stream;
  /** Pairs of a first code and the widths from there on, in thousandths. */
  readonly widths: readonly (number | readonly number[])[];
  readonly unknownWidth: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly [number, number, number, number];
}

/** Made once for the process, whereas every document is deflated anew: the smallest is worth the time. */
function stream(bytes: Uint8Array): Stream {
  return { deflated: deflateSync(bytes, { level: 9 }), length: bytes.length };
}

/** The cut font and the glyph of each code in it; codes without one show its box for unknown characters. */
function cut(face: Typeface, codes: readonly number[]): Pick<FontFile, 'program' | 'glyphOfCode'> {
  const subset = face.font.createSubset();
  const glyphs = Buffer.alloc(2 * 0x10000);
  // What includeGlyph gives back is the glyph's number in the subset, whatever its types say.
  for (const code of codes) glyphs.writeUInt16BE(Number(subset.includeGlyph(face.glyph(code))), 2 * code);
  return { program: stream(subset.encode()), glyphOfCode: stream(glyphs) };
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** Every code is its character: one range for each of the 256 rows that the part has something in. */
function toUnicode(codes: readonly number[]): string {
  const rows = [...new Set(codes.map((code) => code >> 8))];
  const ranges = rows.map((row) => `<${hex(row << 8)}> <${hex((row << 8) + 255)}> <${hex(row << 8)}>`);
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    `${ranges.length} beginbfrange`,
    ...ranges,
    'endbfrange endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

/** Widths of codes that follow each other share an array. */
function widths({ advances }: Typeface, codes: readonly number[]): (number | number[])[] {
  const runs: { readonly first: number; readonly widths: number[] }[] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    const width = advances[code] ?? 0;
    if (last && last.first + last.widths.length === code) last.widths.push(width);
    else runs.push({ first: code, widths: [width] });
  }
  return runs.flatMap((run) => [run.first, run.widths]);
}

function makeFontFile(name: FontName, part: FontPart): FontFile {
  const face = typefaces[name];
  const { ascent, descent, capHeight, bbox, postscriptName, unitsPerEm } = face.font;
  const codes = face.charactersOf(part);
  const thousandths = (units: number): number => Math.round((units * 1000) / unitsPerEm);
  return {
    // The tag of six letters says that the font is cut, and keeps its parts apart.
    baseName: `${part === 'core' ? 'IICORE' : 'IIREST'}+${postscriptName}`,
    ...cut(face, codes),
    toUnicode: stream(Buffer.from(toUnicode(codes))),
    widths: widths(face, codes),
    unknownWidth: face.advances[0] ?? 0,
    ascent: thousandths(ascent),
    descent: thousandths(descent),
    capHeight: thousandths(capHeight),
    box: [thousandths(bbox.minX), thousandths(bbox.minY), thousandths(bbox.maxX), thousandths(bbox.maxY)],
  };
}

const made = new Map<string, FontFile>();

/** The part of the font, cut when the first document of the process embeds it. */
export function fontFile(name: FontName, part: FontPart): FontFile {
  const key = `${name}-${part}`;
  const file = made.get(key) ?? makeFontFile(name, part);
  made.set(key, file);
  return file;
}
