import { deflateSync, inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Logo } from '../../../pdf/slip-document.ts';
import { isPrintable, type Size } from './pixels.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** The printed area is 36 x 24 mm (server/pdf/letterhead.ts): these are its dots at 600 dpi. */
const enough: Size = { width: 850, height: 567 };

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, signature.length).equals(signature);

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Samples of a pixel by kind of colour (PNG, 11.2.2): grey, colours, palette, grey and opacity, colours and opacity. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Bits of a sample: with what a header could say instead, half a gigabyte would be unpacked. */
const depths: readonly number[] = [1, 2, 4, 8, 16];

/** The seven passes of an interlaced picture (PNG, 8.2): where each begins, and how far its pixels are apart. */
const passes = [
  [0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2],
] as const; // prettier-ignore
const onePass = [[0, 0, 1, 1]] as const;

interface Header extends Size {
  /** Bytes of the unpacked pixels: each row has one more, for its filter. */
  readonly bytes: number;
}

/** What the first chunk says. A second one of its kind could say something else to whoever decodes. */
function headerOf(chunks: readonly Chunk[]): Header | undefined {
  const [header, another] = chunks.filter(({ type }) => type === 'IHDR');
  if (!header || another || header !== chunks[0] || header.data.length !== 13) return undefined;
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const depth = header.data[8]!;
  if (!depths.includes(depth)) return undefined;
  const bits = depth * (samples[header.data[9]!] ?? 0);
  let bytes = 0;
  for (const [x, y, across, down] of header.data[12] ? passes : onePass) {
    const columns = Math.ceil(Math.max(0, width - x) / across);
    const rows = Math.ceil(Math.max(0, height - y) / down);
    if (columns > 0) bytes += rows * (1 + Math.ceil((columns * bits) / 8));
  }
  return { width, height, bytes };
}

const packedPixels = (chunks: readonly Chunk[]): Buffer =>
  Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));

/** How many pixels become one, so that no more are printed than the area has dots. */
const shrinking = ({ width, height }: Size): number =>
  Math.max(1, Math.ceil(Math.max(width / enough.width, height / enough.height)));

/** Rows of red, green and blue on white paper: squares of `by` x `by` pixels become their mean. */
function flattened({ width, height, data }: PNG, by: number): { rows: Buffer } & Size {
  const size = { width: Math.ceil(width / by), height: Math.ceil(height / by) };
  const rows = Buffer.alloc(size.width * size.height * 3);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const right = Math.min(width, (x + 1) * by);
      const bottom = Math.min(height, (y + 1) * by);
      const mean = meanOnWhite(data, width, [x * by, y * by, right, bottom]);
      for (const [channel, value] of mean.entries()) rows[(y * size.width + x) * 3 + channel] = value;
    }
  }
  return { rows, ...size };
}

type Square = readonly [left: number, top: number, right: number, bottom: number];

function meanOnWhite(data: Buffer, width: number, [left, top, right, bottom]: Square): readonly number[] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 4;
      const opacity = data[at + 3]! / 255;
      for (const channel of [0, 1, 2] as const) sums[channel] += 255 + (data[at + channel]! - 255) * opacity;
    }
  }
  return sums.map((sum) => Math.round(sum / ((right - left) * (bottom - top))));
}

/**
 * A PNG of any kind as its pixels on white, no more of them than can be printed. Undefined when it is broken or too
 * large: what it would unpack to is known before it is unpacked.
 */
export function readPng(bytes: Buffer): Logo | undefined {
  const chunks = chunksOf(bytes);
  const header = headerOf(chunks);
  if (!header || !isPrintable(header)) return undefined;
  try {
    // pngjs unpacks interlaced pictures without a limit, where half a megabyte could become five hundred, and fills up
    // what is missing with whatever the memory held before.
    const unpacked = inflateSync(packedPixels(chunks), { maxOutputLength: header.bytes });
    if (unpacked.length < header.bytes) return undefined;
    const { rows, width, height } = flattened(PNG.sync.read(bytes), shrinking(header));
    return { kind: 'rgb', bytes: deflateSync(rows, { level: 9 }), width, height };
  } catch {
    return undefined;
  }
}
