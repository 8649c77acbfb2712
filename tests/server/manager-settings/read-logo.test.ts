import { inflateSync } from 'node:zlib';
import { PNG, type PNGOptions } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { readLogo } from '../../../server/modules/manager-settings/logo/read-logo.ts';
import { encodedElsewhere, jpegOf, pngBomb, pngChunk, pngHeader, pngOf } from '../../helpers/pictures.ts';

/** The printed pixels, each as red, green and blue. */
function pixelsOf(bytes: Buffer): { width: number; height: number; pixels: number[][] } | undefined {
  const print = readLogo(bytes)?.print;
  if (print?.kind !== 'rgb') return undefined;
  const rows = inflateSync(print.bytes);
  const pixels = Array.from({ length: rows.length / 3 }, (_, at) => [...rows.subarray(at * 3, at * 3 + 3)]);
  return { width: print.width, height: print.height, pixels };
}

describe('a PNG', () => {
  it('is printed on white paper', () => {
    const half = pngOf(2, 2, (x, y) => [255, 0, 0, [255, 128, 0, 51][y * 2 + x] ?? 0]);
    expect(pixelsOf(half)).toEqual({
      ...{ width: 2, height: 2 },
      pixels: [[255, 0, 0], [255, 127, 127], [255, 255, 255], [255, 204, 204]], // prettier-ignore
    });
    expect(readLogo(half)).toMatchObject({ mediaType: 'image/png', picture: half });
  });

  it.each([
    ['grey', { colorType: 0 as const, inputHasAlpha: false }],
    ['grey with opacity', { colorType: 4 as const }],
    ['without opacity', { colorType: 2 as const }],
    ['of 16 bits', { colorType: 6 as const, bitDepth: 16 as const }],
  ])('is read when it is %s', (_, options: PNGOptions) => {
    const png = new PNG({ width: 3, height: 2, ...options, inputColorType: 6, inputHasAlpha: true });
    png.data = Buffer.alloc(3 * 2 * (options.bitDepth === 16 ? 8 : 4), 0xff);
    const bytes = PNG.sync.write(png, { ...options, inputColorType: 6, inputHasAlpha: true });
    expect(pixelsOf(bytes)?.pixels).toEqual(Array.from({ length: 6 }, () => [255, 255, 255]));
  });

  it('is read when it is interlaced, or has a palette', () => {
    for (const [name, encoded] of Object.entries(encodedElsewhere)) {
      const read = pixelsOf(Buffer.from(encoded, 'base64'));
      expect([name, read?.width, read?.height]).toEqual([name, 9, 7]);
      const expected = Array.from({ length: 63 }, (_, at) => [(at % 9) * 28, Math.floor(at / 9) * 36, 77]);
      expect(read?.pixels).toEqual(expected);
    }
  });

  it('has no more pixels than can be printed: several become their mean', () => {
    const chess = pngOf(1701, 99, (x, y) => ((x + y) % 2 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    const read = pixelsOf(chess);
    expect([read?.width, read?.height]).toEqual([567, 33]);
    const means = new Set(read?.pixels.map(([grey]) => grey));
    for (const mean of means) expect(mean).toBeGreaterThan(100);
    for (const mean of means) expect(mean).toBeLessThan(156);
  });

  it.each([
    ['4000 x 1001 pixels', pngBomb({ width: 4000, height: 1001 }, 10)],
    ['no pixels', pngBomb({ width: 0, height: 5 }, 10)],
    ['billions of pixels', pngBomb({ width: 0xffffffff, height: 0xffffffff }, 10)],
    ['more inside than its size', pngBomb({ width: 10, height: 10 }, 200_000_000)],
    ['more inside than its size, interlaced', pngBomb({ width: 10, height: 10, interlaced: true }, 200_000_000)],
    ['255 bits a sample', pngBomb({ width: 2000, height: 2000, depth: 255 }, 200_000_000)],
    ['a second header', pngBomb({ width: 10, height: 10 }, 410, pngHeader({ width: 9, height: 0xffffff }))],
    ['something else first', Buffer.concat([pngOf(1, 1, () => [0, 0, 0, 0]).subarray(0, 8), pngChunk('tEXt', Buffer.alloc(13))])], // prettier-ignore
    ['too few pixels', pngBomb({ width: 100, height: 100 }, 10)],
    ['nothing', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ])('of %s is refused, and takes neither time nor memory', (_, bytes) => {
    const [start, before] = [performance.now(), process.memoryUsage().rss];
    expect(readLogo(bytes)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20);
  });

  it('that was cut off, or changed on the way, is refused', () => {
    const whole = pngOf(20, 20, (x, y) => [x * 9, y * 9, 7, 255]);
    for (const end of [20, 33, 40, whole.length - 13]) expect(readLogo(whole.subarray(0, end))).toBeUndefined();
    const changed = Buffer.from(whole);
    changed[45] = changed[45]! ^ 0xff;
    expect(readLogo(changed)).toBeUndefined();
  });
});

describe('a JPEG', () => {
  it.each([
    ['in colour', {}],
    ['in grey', { components: 1 }],
    ['extended', { frame: 0xc1 }],
    ['progressive', { frame: 0xc2 }],
  ])('%s is printed as it is', (_, parts) => {
    const bytes = jpegOf({ width: 300, height: 120, ...parts });
    const expected = { kind: 'jpeg', bytes, width: 300, height: 120 };
    expect(readLogo(bytes)).toEqual({ mediaType: 'image/jpeg', picture: bytes, print: expected });
  });

  it('says no more than the picture: neither where it was taken nor what follows it', () => {
    const before = [
      [0xe1, 'Exif GPS 46.05 14.50'],
      [0xed, 'Photoshop Janez Novak'],
      [0xfe, 'comment'],
      [0xe2, 'ICC_PROFILE'],
      [0xee, 'Adobe'],
    ] as const;
    const bytes = Buffer.concat([jpegOf({ before }), Buffer.from('a thumbnail, a film')]);
    const read = readLogo(bytes);
    expect(read?.print.bytes).toEqual(jpegOf({ before: before.slice(3) }));
    expect(read?.picture).toEqual(read?.print.bytes);
  });

  it.each([
    ['for print (CMYK)', jpegOf({ components: 4 })],
    ['of 12 bits', jpegOf({ precision: 12 })],
    ['lossless', jpegOf({ frame: 0xc3 })],
    ['arithmetically coded', jpegOf({ frame: 0xc9 })],
    ['of 4 million and some pixels', jpegOf({ width: 2001, height: 2000 })],
    ['without pixels', jpegOf({ height: 0 })],
    ['without an end', jpegOf().subarray(0, -2)],
    ['without a scan', Buffer.concat([jpegOf().subarray(0, 11), Buffer.of(0xff, 0xd9)])],
    ['whose segments lead nowhere', Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 0), Buffer.alloc(40), Buffer.of(0xff, 0xd9)])], // prettier-ignore
    ['of nothing else', Buffer.of(0xff, 0xd8, 0xff)],
  ])('%s is refused', (_, bytes) => expect(readLogo(bytes)).toBeUndefined());
});

it.each(['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'RIFF....WEBP'])('%j is none', (text) =>
  expect(readLogo(Buffer.from(text))).toBeUndefined(),
);
