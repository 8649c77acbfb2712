import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** A PNG whose pixels have the colours that the function says. */
export function pngOf(width: number, height: number, colour: (x: number, y: number) => Colour): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const [at, value] of colour(x, y).entries()) png.data[(y * width + x) * 4 + at] = value;
  return PNG.sync.write(png);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly interlaced?: boolean;
  /** Bits of a sample. */
  readonly depth?: number;
}

export function pngHeader({ width, height, interlaced = false, depth = 8 }: Header): Buffer {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, 6, 0, 0, interlaced ? 1 : 0]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return pngChunk('IHDR', data);
}

/** A PNG that says one thing in its header and unpacks to so many bytes. */
export function pngBomb(header: Header, unpacked: number, ...more: readonly Buffer[]): Buffer {
  const packed = pngChunk('IDAT', deflateSync(Buffer.alloc(unpacked), { level: 9 }));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, pngHeader(header), ...more, packed, pngChunk('IEND', Buffer.alloc(0))]);
}

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

interface JpegParts {
  readonly frame?: number;
  readonly precision?: number;
  readonly components?: number;
  readonly width?: number;
  readonly height?: number;
  /** Segments before the frame. */
  readonly before?: readonly (readonly [marker: number, data: string])[];
}

/** A JPEG's segments, with scans that say nothing: what is asked of it stands in its head. */
export function jpegOf(parts: JpegParts = {}): Buffer {
  const { frame = 0xc0, precision = 8, components = 3, width = 40, height = 20, before = [] } = parts;
  const head = Buffer.alloc(6 + 3 * components);
  head.writeUInt8(precision, 0);
  head.writeUInt16BE(height, 1);
  head.writeUInt16BE(width, 3);
  head.writeUInt8(components, 5);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe0, Buffer.from('JFIF\0')),
    ...before.map(([marker, data]) => segment(marker, Buffer.from(data, 'latin1'))),
    segment(frame, head),
    segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
    Buffer.from('scans'),
    Buffer.of(0xff, 0xd9),
  ]);
}

/** 9 x 7 pixels, red from left to right, green from top to bottom, as ImageMagick writes them. */
export const encodedElsewhere: Readonly<Record<string, string>> = {
  palette:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHCAMAAADtRZdSAAAAvVBMVEUAAE0cAE04AE1UAE1wAE2MAE2oAE3EAE3gAE0AJE0cJE04' +
    'JE1UJE1wJE2MJE2oJE3EJE3gJE0ASE0cSE04SE1USE1wSE2MSE2oSE3ESE3gSE0AbE0cbE04bE1UbE1wbE2MbE2obE3EbE3gbE0A' +
    'kE0ckE04kE1UkE1wkE2MkE2okE3EkE3gkE0AtE0ctE04tE1UtE1wtE2MtE2otE3EtE3gtE0A2E0c2E042E1U2E1w2E2M2E2o2E3E' +
    '2E3g2E1U88oMAAAATklEQVQI12NgYGRiZmFlY+dg4OTi5uHl4xcQZBASFhEVE5eQlGKQlpGVk1dQVFJmUFFVU9fQ1NLWYdDV0zcw' +
    'NDI2MWUwM7ewtLK2sbUDALENB6Ko7waIAAAAAElFTkSuQmCC',
  interlaced:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHCAIAAAEi/sChAAAASUlEQVQI133Kyw2AMBAD0bcSZeRIESkhl+0lpaRESuGCwkeANRd7' +
    'HOSGLsPITieq7CwGhJaVyTHPRJEX2U7zXcKahVdux0f+3A57rgseMOsUqAAAAABJRU5ErkJggg==',
};
