import { PNG } from 'pngjs';
import { drawIcon } from './icon-drawing.mjs';

export const pngSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names for the sizes; some stand for half of it on a screen with twice the pixels. */
const icnsTypes = [
  ...[['icp4', 16], ['icp5', 32], ['ic11', 32], ['ic12', 64], ['ic07', 128]], // prettier-ignore
  ...[['ic13', 256], ['ic08', 256], ['ic14', 512], ['ic09', 512], ['ic10', 1024]], // prettier-ignore
];
/** Of macOS' own template: 100 of 1024 pixels on each side. */
const appleMargin = 100 / 1024;

export function pngOf(size, margin) {
  const png = new PNG({ width: size, height: size });
  drawIcon(size, margin).copy(png.data);
  return PNG.sync.write(png, { deflateLevel: 9 });
}

/** Windows' icon: a directory of pictures, then the pictures. 256 is written as 0. */
function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, at) => {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** macOS' icon: pictures, each behind its type and length. */
function icnsOf(pictures) {
  const parts = pictures.map(({ type, png }) => {
    const head = Buffer.from(`${type}    `, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.from('icns    ', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

/** All files of build/ that hold the icon, by their paths there. */
export function iconFiles() {
  const pictures = new Map(pngSizes.map((size) => [size, pngOf(size)]));
  const apple = new Map(
    [...new Set(icnsTypes.map(([, size]) => size))].map((size) => [size, pngOf(size, appleMargin)]),
  );
  return {
    ...Object.fromEntries(pngSizes.map((size) => [`icons/${size}x${size}.png`, pictures.get(size)])),
    'icon.ico': icoOf(icoSizes.map((size) => ({ size, png: pictures.get(size) }))),
    'icon.icns': icnsOf(icnsTypes.map(([type, size]) => ({ type, png: apple.get(size) }))),
  };
}
