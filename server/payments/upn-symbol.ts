import { correction, generate, mode } from 'lean-qr';
import { upnBytes } from './upn-qr.ts';

/** Modules of a side: version 15. */
export const upnSymbolSize = 77;

/** The side of a module in print: ten dots at 600 dpi (Tehnični standard UPN QR v1.1, section 5). */
export const upnModuleMm = 0.42333;

/** Free modules around the symbol (ISO/IEC 18004, 9.1). */
export const upnQuietModules = 4;

/** A symbol as rows of modules, true is dark. */
export type UpnSymbol = readonly (readonly boolean[])[];

/**
 * The QR symbol of a UPN payload: version 15, level M, ECI 4 (ISO 8859-2) and all bytes in one segment
 * (Tehnični standard UPN QR v1.1, section 5; ZBS guide, 5.3).
 *
 * @param mask One of the eight masks instead of the best: only to compare with a symbol that somebody else made.
 */
export function upnSymbol(payload: string, mask?: number): UpnSymbol {
  const code = generate(mode.multi(mode.eci(4), mode.bytes(upnBytes(payload))), {
    minVersion: 15,
    maxVersion: 15,
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
    ...(mask === undefined ? {} : { mask: mask as 0 }),
  });
  return Array.from({ length: code.size }, (_, y) => Array.from({ length: code.size }, (_, x) => code.get(x, y)));
}

/** Dark modules side by side in a row: the first of them and how many. */
export type UpnRun = readonly [x: number, y: number, length: number];

/** All dark modules as runs: drawn as one path, a fifth of the work of a rectangle for each module. */
export const symbolRuns = (symbol: UpnSymbol): UpnRun[] =>
  symbol.flatMap((row, y) => rowRuns(row).map(([x, length]) => [x, y, length] as const));

/** The dark modules as one SVG path in units of modules, (0,0) at the top left: a rectangle for each run. */
export const symbolPath = (symbol: UpnSymbol): string =>
  symbolRuns(symbol)
    .map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`)
    .join('');

function rowRuns(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    if (!dark) return;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
