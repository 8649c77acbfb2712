import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { pngOf, pngSizes } from '../../scripts/lib/icon-files.mjs';

const built = (name: string) => readFile(new URL(`../../build/${name}`, import.meta.url));
const pixels = (bytes: Buffer) => PNG.sync.read(bytes).data;

describe('the icon', () => {
  test.each(pngSizes)('is there at %i pixels', async (size) => {
    const { width, height, data } = PNG.sync.read(await built(`icons/${size}x${size}.png`));
    expect([width, height]).toEqual([size, size]);
    // Round corners let the desktop through, the middle does not.
    expect(data[3]).toBe(0);
    expect(data[(Math.floor(size / 2) * size + Math.floor(size / 2)) * 4 + 3]).toBe(255);
  });

  test.each([16, 48, 64])('is the drawing of today at %i pixels', async (size) => {
    expect(pixels(await built(`icons/${size}x${size}.png`)).equals(pixels(pngOf(size)))).toBe(true);
  });

  test('for Windows holds each size as a whole picture', async () => {
    const ico = await built('icon.ico');
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => {
      const entry = 6 + 16 * at;
      const from = ico.readUInt32LE(entry + 12);
      return PNG.sync.read(ico.subarray(from, from + ico.readUInt32LE(entry + 8))).width;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  test('for macOS holds each size as a whole picture', async () => {
    const icns = await built('icon.icns');
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const widths: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      widths.push(PNG.sync.read(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))).width);
    }
    expect(widths).toEqual([16, 32, 32, 64, 128, 256, 256, 512, 512, 1024]);
  });
});
