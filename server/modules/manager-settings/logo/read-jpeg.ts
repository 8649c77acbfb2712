import type { Logo } from '../../../pdf/slip-document.ts';
import { isPrintable } from './pixels.ts';

const startOfImage = Buffer.of(0xff, 0xd8, 0xff);
const endOfImage = Buffer.of(0xff, 0xd9);
const startOfScan = 0xda;

/** Baseline, extended and progressive frames: what PDF's DCTDecode takes (ISO 32000-1, 7.4.8). */
const frames: readonly number[] = [0xc0, 0xc1, 0xc2];
const otherFrames: readonly number[] = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];

/** Of the applications' segments those that say how colours are meant: JFIF, ICC profile, Adobe. */
const colours: readonly number[] = [0xe0, 0xe2, 0xee];
const comment = 0xfe;

/** Where a photograph was taken, and by whom, must not go out with every slip. */
const isPrivate = (marker: number): boolean =>
  marker === comment || (marker >= 0xe0 && marker <= 0xef && !colours.includes(marker));

interface Segment {
  readonly marker: number;
  /** With marker and length. */
  readonly bytes: Buffer;
}

export const isJpeg = (bytes: Buffer): boolean => bytes.subarray(0, 3).equals(startOfImage);

/** The segments up to the scans, and these up to the end of the image; undefined when the file is broken. */
function segmentsOf(bytes: Buffer): readonly Segment[] | undefined {
  const end = bytes.lastIndexOf(endOfImage);
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= end && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      // Any number of them may stand before a marker.
      at += 1;
      continue;
    }
    if (marker === startOfScan) return [...segments, { marker, bytes: bytes.subarray(at, end + 2) }];
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    segments.push({ marker, bytes: bytes.subarray(at, next) });
    at = next;
  }
  return undefined;
}

/**
 * A JPEG of grey or coloured pixels of 8 bits, as it is but without what it tells besides the picture. Undefined when
 * it is another kind (CMYK, 12 bits, lossless), broken, or too large.
 */
export function readJpeg(bytes: Buffer): Logo | undefined {
  const segments = segmentsOf(bytes);
  const frame = segments?.find(({ marker }) => frames.includes(marker));
  if (!segments || !frame || frame.bytes.length < 10) return undefined;
  if (segments.some(({ marker }) => otherFrames.includes(marker))) return undefined;
  const [precision, components] = [frame.bytes[4], frame.bytes[9]];
  const size = { height: frame.bytes.readUInt16BE(5), width: frame.bytes.readUInt16BE(7) };
  if (precision !== 8 || (components !== 1 && components !== 3) || !isPrintable(size)) return undefined;
  const kept = segments.filter(({ marker }) => !isPrivate(marker));
  const whole = Buffer.concat([startOfImage.subarray(0, 2), ...kept.map((segment) => segment.bytes)]);
  return { kind: 'jpeg', bytes: whole, ...size };
}
