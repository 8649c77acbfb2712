import { create } from 'qrcode';

/** A text as a QR code (error correction M): its size in modules, and its dark modules as the path of an SVG. */
export function qrPath(text: string): { size: number; path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark: string[] = [];
  for (let at = 0; at < size * size; at += 1) {
    if (data[at]) dark.push(`M${at % size} ${Math.floor(at / size)}h1v1h-1z`);
  }
  return { size, path: dark.join('') };
}
