/**
 * The UPN QR symbol with each fixed mask against the automatic one: the time it takes, and how many scans of it zxing
 * and jsQR read. `npm run bench`, with BENCH_SYMBOLS=250 for rates that differ by more than chance (half an hour).
 */
import jsQR from 'jsqr';
import { readBarcodes } from 'zxing-wasm/reader';
import { upnSymbol, type UpnMask } from '../../server/payments/upn-symbol.ts';
import { zxingReady, type Picture } from '../helpers/read-symbol.ts';
import { median } from './statistics.ts';
import { randomPayload } from './upn-symbol/payloads.ts';
import { scanned, type Scan } from './upn-symbol/scan.ts';
import { randomOf } from './upn-symbol/random.ts';

const payloads = Number(process.env['BENCH_SYMBOLS'] ?? 10);
const resolutions = [150, 200, 300, 600];
const masks: readonly UpnMask[] = ['automatic', 0, 1, 2, 3, 4, 5, 6, 7];
const decoders = { zxing: readWithZxing, jsQR: readWithJsQr };

async function readWithZxing(picture: Picture, payload: string): Promise<boolean> {
  const [symbol] = await readBarcodes(picture as ImageData, { formats: ['QRCode'], tryHarder: true });
  return symbol?.text === payload;
}

function readWithJsQr({ data, width, height }: Picture, payload: string): Promise<boolean> {
  const bytes = jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.binaryData ?? [];
  return Promise.resolve(new TextDecoder('iso-8859-2').decode(Uint8Array.from(bytes)) === payload);
}

/** All masks in turn, so that whatever else the machine does falls on all of them alike. */
function times(all: readonly string[]): Map<UpnMask, number> {
  const measured = new Map(masks.map((mask) => [mask, [] as number[]]));
  for (let round = 0; round < 400; round += 1)
    for (const mask of masks) {
      const start = performance.now();
      upnSymbol(all[round % all.length] ?? '', mask);
      // The first rounds are the engine's, which compiles what runs often.
      if (round >= 100) measured.get(mask)?.push(performance.now() - start);
    }
  return new Map([...measured].map(([mask, values]) => [mask, median(values)]));
}

/** From what anybody reads to what hardly anybody does; the same for all masks of a payload. */
function randomScan(resolution: number, seed: number): Scan {
  const random = randomOf(seed);
  return {
    resolution,
    rotation: (random() - 0.5) / 4,
    blur: 0.6 + 0.9 * random(),
    noise: random() * 8,
    random,
  };
}

type Rates = Map<UpnMask, Map<string, number>>;

async function rates(all: readonly string[]): Promise<Rates> {
  const read: Rates = new Map(masks.map((mask) => [mask, new Map<string, number>()]));
  for (const [index, payload] of all.entries())
    for (const mask of masks)
      for (const resolution of resolutions) await readScan(read, payload, mask, [resolution, index]);
  return read;
}

async function readScan(
  read: Rates,
  payload: string,
  mask: UpnMask,
  [resolution, seed]: [number, number],
): Promise<void> {
  const picture = scanned(upnSymbol(payload, mask), randomScan(resolution, seed));
  const counts = read.get(mask);
  for (const [name, reads] of Object.entries(decoders)) {
    if (!(await reads(picture, payload))) continue;
    for (const key of [name, `${resolution} dpi`]) counts?.set(key, (counts.get(key) ?? 0) + 1);
  }
}

/** The automatic mask's row in milliseconds and scans read out of all, the others' as its multiples. */
function table(took: Map<UpnMask, number>, read: Rates): Record<string, Record<string, string>> {
  const columns: [name: string, of: number][] = [
    ...Object.keys(decoders).map((name): [string, number] => [name, payloads * resolutions.length]),
    ...resolutions.map((resolution): [string, number] => [
      `${resolution} dpi`,
      payloads * Object.keys(decoders).length,
    ]),
  ];
  const count = (mask: UpnMask, name: string): number => read.get(mask)?.get(name) ?? 0;
  const row = (mask: UpnMask): Record<string, string> => {
    const time = took.get(mask) ?? Number.NaN;
    if (mask === 'automatic')
      return {
        time: `${time.toFixed(2)} ms`,
        ...Object.fromEntries(columns.map(([name, of]) => [name, `${count(mask, name)} of ${of}`])),
      };
    const ratio = (name: string): string => (count(mask, name) / count('automatic', name)).toFixed(2);
    return {
      time: (time / (took.get('automatic') ?? Number.NaN)).toFixed(2),
      ...Object.fromEntries(columns.map(([name]) => [name, ratio(name)])),
    };
  };
  return Object.fromEntries(masks.map((mask) => [mask === 'automatic' ? mask : `mask ${mask}`, row(mask)]));
}

await zxingReady;
const random = randomOf(4);
const all = Array.from({ length: payloads }, () => randomPayload(random));
console.log(`UPN QR symbol: ${payloads} payloads, each scanned ${resolutions.length} times with each mask`);
console.table(table(times(all), await rates(all)));
