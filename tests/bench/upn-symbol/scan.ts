import type { Picture } from '../../helpers/read-symbol.ts';
import type { UpnSymbol } from '../../../server/payments/upn-symbol.ts';

/** How a symbol comes out of printer and scanner. */
export interface Scan {
  /** Dots per inch. */
  readonly resolution: number;
  /** Radians. */
  readonly rotation: number;
  /** The side of the square that a dot of the scan averages, in modules. */
  readonly blur: number;
  /** Standard deviation, in steps of grey out of 255. */
  readonly noise: number;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
}

const modulesPerInch = 60;
const quiet = 4;
const [ink, paper] = [40, 225];

/** The darkness above and to the left of each corner of a module: the mean of any rectangle is four look-ups away. */
function summedAreas(symbol: UpnSymbol): (x: number, y: number) => number {
  const side = symbol.length + 2 * quiet + 1;
  const sums = new Float64Array(side * side);
  for (let y = 1; y < side; y += 1)
    for (let x = 1; x < side; x += 1) {
      const dark = symbol[y - 1 - quiet]?.[x - 1 - quiet] ? 1 : 0;
      const at = y * side + x;
      sums[at] = dark + sums[at - 1]! + sums[at - side]! - sums[at - side - 1]!;
    }
  const clamped = (value: number): number => Math.min(Math.max(value, 0), side - 1.001);
  return (x, y) => {
    const [cx, cy] = [clamped(x), clamped(y)];
    const [ix, iy] = [Math.floor(cx), Math.floor(cy)];
    const [fx, fy] = [cx - ix, cy - iy];
    const at = iy * side + ix;
    const top = sums[at]! * (1 - fx) + sums[at + 1]! * fx;
    return top * (1 - fy) + (sums[at + side]! * (1 - fx) + sums[at + side + 1]! * fx) * fy;
  };
}

/** Near enough to a normal distribution: the sum of four even ones. */
const normal = (random: () => number): number => (random() + random() + random() + random() - 2) * Math.sqrt(3);

/** A symbol in its printed size (60 modules an inch) as a scan shows it: turned, blurred and noisy. */
export function scanned(symbol: UpnSymbol, { resolution, rotation, blur, noise, random }: Scan): Picture {
  const areas = summedAreas(symbol);
  const step = modulesPerInch / resolution;
  const half = Math.max(blur, step) / 2;
  const [sin, cos] = [Math.sin(rotation) * step, Math.cos(rotation) * step];
  const centre = symbol.length / 2 + quiet;
  const side = Math.ceil((2 * centre + 6) / step);
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const [dx, dy] = [column + 0.5 - side / 2, row + 0.5 - side / 2];
      const [x, y] = [centre + dx * cos - dy * sin, centre + dx * sin + dy * cos];
      const dark =
        areas(x + half, y + half) - areas(x - half, y + half) - areas(x + half, y - half) + areas(x - half, y - half);
      const grey = paper - (paper - ink) * (dark / (4 * half * half)) + noise * normal(random);
      data.fill(grey, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  return { width: side, height: side, data };
}
