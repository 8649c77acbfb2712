import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a window has been drawn on the virtual display and stands still, and saves it as a PNG.
 *
 * @param frame the file in which Xvfb keeps its screen (-fbdir), in the format xwd
 * @returns false when nothing was drawn in time
 */
export async function saveFirstScreen(frame, file, { patience = 30_000 } = {}) {
  const { PNG } = await import('pngjs');
  const until = Date.now() + patience;
  for (let earlier; Date.now() < until; await sleep(1000)) {
    const screen = readScreen(readFileSync(frame));
    const part = drawnPart(screen);
    if (part && earlier?.equals(screen.pixels)) {
      const png = new PNG({ width: part.right - part.left, height: part.bottom - part.top });
      copyPart(screen, part, png);
      writeFileSync(file, PNG.sync.write(png));
      return true;
    }
    earlier = screen.pixels;
  }
  return false;
}

/** The header of an xwd file is a row of big-endian 32-bit numbers; the pixels are blue, green, red, unused. */
function readScreen(bytes) {
  const field = (index) => bytes.readUInt32BE(index * 4);
  const start = field(0) + field(19) * 12;
  return { width: field(4), height: field(5), stride: field(12), pixels: bytes.subarray(start) };
}

/** The part of the screen that is drawn on (it is black elsewhere); undefined when there is none. */
function drawnPart({ width, height, stride, pixels }) {
  const part = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (pixels.readUInt32LE(y * stride + x * 4) % 0x1000000 === 0) continue;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = y + 1;
    }
  }
  return part.bottom > 0 ? part : undefined;
}

function copyPart({ stride, pixels }, { left, top }, png) {
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      const from = (top + y) * stride + (left + x) * 4;
      const to = (y * png.width + x) * 4;
      png.data[to] = pixels[from + 2];
      png.data[to + 1] = pixels[from + 1];
      png.data[to + 2] = pixels[from];
      png.data[to + 3] = 255;
    }
  }
}
