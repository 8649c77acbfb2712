import { createRequire } from 'node:module';
import { openSync, type Font, type GlyphRun } from 'fontkit';

const files = {
  regular: 'atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
  semibold: 'atkinson-hyperlegible-next/600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf',
  bold: 'atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
  mono: 'atkinson-hyperlegible-mono/600SemiBold/AtkinsonHyperlegibleMono_600SemiBold.ttf',
  // The metrics of Courier New: 0.6 em for each character, as the UPN form's data are set (12 and 17 to the inch).
  form: 'cousine/700Bold/Cousine_700Bold.ttf',
} as const;

export type FontName = keyof typeof files;

/** Tabular figures line up in columns; the slashed zero is told from the letter O in codes. */
const features = ['tnum', 'zero'];

/** Words whose glyphs are remembered; labels and descriptions recur in every document, names do not. */
const wordsKept = 4_000;

/**
 * The font with its figures tabular and its shaped words remembered. PDFKit remembers them too, but document by
 * document and without end: ten thousand letters are one document.
 */
function remembering(font: Font): Font {
  const kept = new Map<string, GlyphRun>();
  // PDFKit scales the positions that it is given in their place.
  const copy = (run: GlyphRun): GlyphRun =>
    Object.create(run, { positions: { value: run.positions.map((position) => ({ ...position })) } }) as GlyphRun;
  const layout = (text: string): GlyphRun => {
    const known = kept.get(text);
    if (known) return copy(known);
    if (kept.size >= wordsKept) kept.clear();
    const run = font.layout(text, features);
    kept.set(text, run);
    return copy(run);
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}

function open(name: FontName): Font {
  const font = openSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/${files[name]}`));
  if ('fonts' in font) throw new Error(`${files[name]} is a collection, not a font`);
  return remembering(font);
}

/**
 * The fonts of all documents, opened once for the process: opening them for each document was more than half of the
 * work of a slip. A document embeds the glyphs that it uses.
 */
export const fonts: Readonly<Record<FontName, Font>> = {
  regular: open('regular'),
  semibold: open('semibold'),
  bold: open('bold'),
  mono: open('mono'),
  form: open('form'),
};
