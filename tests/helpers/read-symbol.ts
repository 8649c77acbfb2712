import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsQR from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
/** When zxing can be used. */
export const zxingReady = prepareZXingModule({
  // Without the bytes at hand it would fetch them from the network.
  overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
  fireImmediately: true,
});

/** A picture, four bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export interface ReadSymbol {
  readonly text: string;
  readonly version: string;
  readonly level: string;
  readonly eci: string;
  /** Of each segment, ECI headers left out: `byte`, `numeric`, ... */
  readonly segments: readonly string[];
}

/** Reads every QR symbol of a picture with zxing, and the segments of each with jsQR, which sees one at a time. */
export async function readSymbols(picture: Picture): Promise<ReadSymbol[]> {
  await zxingReady;
  const found = await readBarcodes(picture as ImageData, { formats: ['QRCode'], tryHarder: true });
  return found.map((symbol) => {
    const { topLeft, bottomRight } = symbol.position;
    const part = crop(picture, [topLeft.x, topLeft.y, bottomRight.x, bottomRight.y]);
    const segments = jsQR(part.data, part.width, part.height)?.chunks ?? [];
    const head = new TextDecoder('latin1').decode(symbol.bytesECI.slice(0, 10));
    return {
      text: symbol.text,
      version: symbol.version,
      level: symbol.ecLevel,
      eci: symbol.hasECI ? (/^\]Q\d\\(\d{6})/.exec(head)?.[1] ?? head) : '',
      segments: segments.map(({ type }) => String(type)).filter((type) => type !== 'eci'),
    };
  });
}

/** The symbol with some paper around it: decoders look for the quiet zone. */
function crop(picture: Picture, [left, top, right, bottom]: [number, number, number, number]): Picture {
  const margin = Math.round((right - left) / 18);
  const x0 = Math.max(0, Math.floor(left - margin));
  const y0 = Math.max(0, Math.floor(top - margin));
  const width = Math.min(picture.width, Math.ceil(right + margin)) - x0;
  const height = Math.min(picture.height, Math.ceil(bottom + margin)) - y0;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((y0 + y) * picture.width + x0) * 4;
    data.set(picture.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}

/** Modules as a picture: four pixels a module, four modules of paper around. */
export function drawModules(rows: readonly (readonly boolean[])[], scale = 4): Picture {
  const quiet = 4;
  const size = (rows.length + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!rows[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet]) continue;
      data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return { width: size, height: size, data };
}
