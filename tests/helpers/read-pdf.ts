import { execFileSync } from 'node:child_process';
import type { Picture } from './read-symbol.ts';

/** What other people's tools see of our PDFs: poppler, which reads no code of ours. */
const poppler = (tool: string, args: readonly string[], pdf: Buffer): Buffer =>
  execFileSync(tool, args, { input: pdf, maxBuffer: 256 * 1024 * 1024 });

/** The text of each page as it stands on paper; blanks that do not break are blanks. */
export const pdfPages = (pdf: Buffer): string[] =>
  poppler('pdftotext', ['-layout', '-', '-'], pdf).toString().replaceAll('\u00a0', ' ').split('\f').slice(0, -1);

/** The text in the order of reading, each run of blanks and line ends as one blank. */
export const pdfText = (pdf: Buffer): string => poppler('pdftotext', ['-', '-'], pdf).toString().replace(/\s+/gu, ' ');

/** A font that the file has in it, by its name with the tag of a cut one, and whether its text can be searched. */
export interface EmbeddedFont {
  readonly name: string;
  readonly isEmbedded: boolean;
  readonly isSearchable: boolean;
}

export const pdfFonts = (pdf: Buffer): EmbeddedFont[] =>
  [
    ...poppler('pdffonts', ['-'], pdf)
      .toString()
      .matchAll(/^([A-Z]{6}\+\S+) .* (yes|no) +(?:yes|no) +(yes|no) +\d+ +\d+$/gm),
  ].map(([, name = '', embedded, unicode]) => ({
    name,
    isEmbedded: embedded === 'yes',
    isSearchable: unicode === 'yes',
  }));

/** The elements that a screen reader reads, with their texts, as poppler prints the tree. */
export const pdfStructure = (pdf: Buffer): string => poppler('pdfinfo', ['-struct-text', '-'], pdf).toString();

export const pdfInfo = (pdf: Buffer): Record<string, string> =>
  Object.fromEntries(
    poppler('pdfinfo', ['-isodates', '-'], pdf)
      .toString()
      .split('\n')
      .map((line) => /^([^:]+):\s+(.*)$/.exec(line)?.slice(1) ?? [])
      .filter((pair): pair is [string, string] => pair.length === 2),
  );

/** A word and where it stands, in points from the top left of its page. */
export interface Word {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const word = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g;

export const pdfWords = (pdf: Buffer): Word[] =>
  poppler('pdftotext', ['-bbox', '-', '-'], pdf)
    .toString()
    .split('<page ')
    .slice(1)
    .flatMap((part, page) =>
      [...part.matchAll(word)].map(([, left, top, right, bottom, text = '']) => ({
        ...{ page, text, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
      })),
    );

/** A page as it is printed. */
export function pdfPicture(pdf: Buffer, page: number, dpi: number): Picture {
  const ppm = poppler('pdftoppm', ['-r', String(dpi), '-f', String(page), '-l', String(page), '-'], pdf);
  const [head = '', width, height] = /^P6\n(\d+) (\d+)\n255\n/.exec(ppm.subarray(0, 40).toString('latin1')) ?? [];
  const pixels = ppm.subarray(head.length);
  const data = new Uint8ClampedArray((pixels.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) data.set(pixels.subarray(from, from + 3), to);
  return { width: Number(width), height: Number(height), data };
}
