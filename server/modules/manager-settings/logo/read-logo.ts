import type { Logo } from '../../../pdf/slip-document.ts';
import { isPng, readPng } from './read-png.ts';
import { isJpeg, readJpeg } from './read-jpeg.ts';

/** A picture as it is shown on the screen, and as it is printed. */
export interface ReadLogo {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly picture: Uint8Array;
  readonly print: Logo;
}

/**
 * What a file is, its content says: its name and the media type that it came under can be anything. Undefined for what
 * cannot be printed: another format, a broken file, too many pixels.
 */
export function readLogo(bytes: Buffer): ReadLogo | undefined {
  if (isPng(bytes)) {
    const print = readPng(bytes);
    return print && { mediaType: 'image/png', picture: bytes, print };
  }
  const print = isJpeg(bytes) ? readJpeg(bytes) : undefined;
  return print && { mediaType: 'image/jpeg', picture: print.bytes, print };
}
