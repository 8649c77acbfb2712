import { correction, generate, mode } from 'lean-qr';
import { upnBytes } from './upn-qr.ts';

/** Modules of a side: version 15. */
export const upnSymbolSize = 77;

/** The side of a module in print: ten dots at 600 dpi (Tehnični standard UPN QR v1.1, section 5). */
export const upnModuleMm = 0.42333;

/**
 * The mask of all our symbols. To choose the best of eight by the standard's penalties takes eight times as long, and
 * scanners read this one as often: of 1000 scans at 150 to 600 dpi zxing 1.00 and jsQR 1.03 times as many
 * (tests/bench/upn-symbol.ts).
 */
const upnMask = 2;

/** A symbol as rows of modules, true is dark. */
export type UpnSymbol = readonly (readonly boolean[])[];

/** Which of the eight patterns (ISO/IEC 18004, 7.8) is laid over the data, or the one with the fewest penalties. */
export type UpnMask = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 'automatic';

/**
 * The QR symbol of a UPN payload: version 15, level M, ECI 4 (ISO 8859-2) and all bytes in one segment
 * (Tehnični standard UPN QR v1.1, section 5; ZBS guide, 5.3).
 *
 * @param mask Another than ours: only to compare with a symbol that somebody else made.
 */
export function upnSymbol(payload: string, mask: UpnMask = upnMask): UpnSymbol {
  const code = generate(mode.multi(mode.eci(4), mode.bytes(upnBytes(payload))), {
    minVersion: 15,
    maxVersion: 15,
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
    ...(mask === 'automatic' ? {} : { mask }),
  });
  const rows: boolean[][] = [];
  for (let y = 0; y < code.size; y += 1) {
    const row: boolean[] = [];
    for (let x = 0; x < code.size; x += 1) row.push(code.get(x, y));
    rows.push(row);
  }
  return rows;
}

/** Dark modules side by side in a row: the first of them and how many. */
export type UpnRun = readonly [x: number, y: number, length: number];

/** All dark modules as runs: drawn as one path, a fifth of the work of a rectangle for each module. */
export function symbolRuns(symbol: UpnSymbol): UpnRun[] {
  const runs: UpnRun[] = [];
  for (const [y, row] of symbol.entries())
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      runs.push([start, y, x + 1 - start]);
    }
  return runs;
}

/** The dark modules as one SVG path in units of modules, (0,0) at the top left: a rectangle for each run. */
export function symbolPath(symbol: UpnSymbol): string {
  let path = '';
  for (const [x, y, length] of symbolRuns(symbol)) path += `M${x} ${y}h${length}v1h-${length}z`;
  return path;
}
