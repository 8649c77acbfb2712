import { inflateSync } from 'node:zlib';

/** What a page's content stream draws, read from its operators alone. Millimetres from the page's top left. */
export interface Drawing {
  /** Rectangles that are filled, in the order in which they are. */
  readonly fills: readonly Filled[];
  readonly outlines: readonly Stroked[];
  readonly lines: readonly Stroked[];
  readonly texts: readonly Written[];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Filled extends Box {
  readonly color: string;
}

export interface Stroked extends Box {
  readonly color: string;
  /** Points. */
  readonly width: number;
  readonly isDashed: boolean;
}

export interface Written {
  readonly text: string;
  readonly font: string;
  /** Points. */
  readonly size: number;
  readonly color: string;
  readonly x: number;
  readonly baseline: number;
}

type Matrix = readonly [number, number, number, number, number, number];

interface State {
  matrix: Matrix;
  fill: string;
  stroke: string;
  width: number;
  isDashed: boolean;
  font: string;
  size: number;
}

const pageHeight = 841.89;
const mm = (points: number): number => (points * 25.4) / 72;

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
];

const hexColor = (parts: readonly number[]): string =>
  `#${parts.map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`; // prettier-ignore

interface Stream {
  readonly dictionary: string;
  readonly text: string;
}

/** The deflated streams of a file, in its order. */
function streams(pdf: Buffer): Stream[] {
  const file = pdf.toString('latin1');
  const found = file.matchAll(/\d+ 0 obj\s*<<((?:[^<>]|<[^<>]*>|<<[^<>]*>>)*)>>\s*stream\r?\n/g);
  return [...found].flatMap(({ index, 0: head, 1: dictionary = '' }) => {
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    if (!dictionary.includes('FlateDecode')) return [];
    const start = index + head.length;
    return [{ dictionary, text: inflateSync(pdf.subarray(start, start + length)).toString('latin1') }];
  });
}

/** The content streams of a PDF's pages, in the order of the file: only they have no entries but filter and length. */
const contentStreams = (pdf: Buffer): string[] =>
  streams(pdf)
    .filter(({ dictionary }) => dictionary.replace(/\/Filter ?\/FlateDecode|\/Length \d+|\s/g, '') === '')
    .map(({ text }) => text);

const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What is read instead of pictures: texts in UTF-16 behind their mark. */
export const pdfAlternatives = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/Alt \(\u00fe\u00ff((?:\\[^]|[^\\)])*)\)/g)].map(([, text = '']) =>
    Buffer.from(
      text.replace(/\\([^])/g, (_, letter: string) => escaped[letter] ?? letter),
      'latin1',
    )
      .swap16()
      .toString('utf16le'),
  );

/** Reads the operators that documents of ours may use; any other fails. */
function readDrawing(content: string): Drawing {
  const fills: Filled[] = [];
  const outlines: Stroked[] = [];
  const lines: Stroked[] = [];
  const texts: Written[] = [];
  let state: State = { matrix: [1, 0, 0, 1, 0, 0], fill: '#000000', stroke: '#000000', width: 1, isDashed: false, font: '', size: 0 }; // prettier-ignore
  const saved: State[] = [];
  let rectangles: Box[] = [];
  let segments: Box[] = [];
  let start: readonly [number, number] = [0, 0];
  let text: { x: number; y: number; shown: string } = { x: 0, y: 0, shown: '' };

  const place = (x: number, y: number): [number, number] => {
    const [a, b, c, d, e, f] = state.matrix;
    return [mm(a * x + c * y + e), mm(pageHeight - (b * x + d * y + f))];
  };
  const box = ([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): Box => ({
    ...{ left: Math.min(x1, x2), right: Math.max(x1, x2) },
    ...{ top: Math.min(y1, y2), bottom: Math.max(y1, y2) },
  });
  const stroke = (part: Box): Stroked => ({
    ...part,
    color: state.stroke,
    width: state.width,
    isDashed: state.isDashed,
  });
  const endPath = (): void => {
    rectangles = [];
    segments = [];
  };

  const operators: Record<string, (numbers: readonly number[], words: readonly string[]) => void> = {
    q: () => saved.push({ ...state }),
    Q: () => (state = saved.pop() ?? state),
    cm: (numbers) => (state.matrix = times(numbers as unknown as Matrix, state.matrix)),
    rg: (numbers) => (state.fill = hexColor(numbers)),
    RG: (numbers) => (state.stroke = hexColor(numbers)),
    w: ([width = 0]) => (state.width = width),
    d: (_, words) => (state.isDashed = words[0] !== '[]'),
    re: ([x = 0, y = 0, width = 0, height = 0]) => rectangles.push(box(place(x, y), place(x + width, y + height))),
    m: ([x = 0, y = 0]) => (start = place(x, y)),
    l: ([x = 0, y = 0]) => segments.push(box(start, (start = place(x, y)))),
    c: ([, , , , x = 0, y = 0]) => (start = place(x, y)),
    f: () => {
      fills.push(...rectangles.map((part) => ({ ...part, color: state.fill })));
      endPath();
    },
    S: () => {
      outlines.push(...rectangles.map(stroke));
      lines.push(...segments.map(stroke));
      endPath();
    },
    BT: () => (text = { x: 0, y: 0, shown: '' }),
    Tf: ([size = 0], [name = '']) => Object.assign(state, { font: name.slice(1).replace(/-.*$/, ''), size }),
    Td: ([x = 0, y = 0]) => (text = { ...text, x: text.x + x, y: text.y + y }),
    Tj: (_, [hex = '']) => {
      const codes = hex.slice(1, -1).match(/.{4}/g) ?? [];
      text.shown += String.fromCharCode(...codes.map((code) => parseInt(code, 16)));
    },
    // A text goes on where the font's part changes: one begins and ends with BT and ET.
    ET: () => {
      const [x, baseline] = place(text.x, text.y);
      const { font, size, fill: color } = state;
      texts.push({ text: text.shown, font, size, color, x, baseline });
    },
    BMC: () => undefined,
    BDC: () => undefined,
    EMC: () => undefined,
    Do: () => undefined,
  };

  let operands: string[] = [];
  for (const [token] of content.matchAll(/<<[^>]*>>|<[^>]*>|\[[^\]]*\]|[^\s<[]+/g)) {
    if (/^[-+.\d<[/]/.test(token)) {
      operands.push(token);
      continue;
    }
    const operator = operators[token];
    if (!operator) throw new Error(`unknown operator ${token}`);
    operator(operands.map(Number).filter((number) => !Number.isNaN(number)), operands.filter((word) => Number.isNaN(Number(word)))); // prettier-ignore
    operands = [];
  }
  return { fills, outlines, lines, texts };
}

export const readDrawings = (pdf: Buffer): Drawing[] => contentStreams(pdf).map(readDrawing);
