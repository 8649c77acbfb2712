import { upnModuleMm, upnQuietModules, upnSymbolSize } from '../payments/upn-symbol.ts';
import { colours, mm } from './look.ts';
import type { Sheet } from './sheet.ts';

const moduleSize = mm(upnModuleMm);

/** The side of the code with its quiet zone: 35.98 mm. */
export const upnCodeSide = (upnSymbolSize + 2 * upnQuietModules) * moduleSize;

/**
 * A rectangle of symbolPath, which writes one for each run of dark modules. PDF has an operator for rectangles, and the
 * whole symbol becomes one path: a fifth of the work of going through PDFKit's SVG parser.
 */
const rectangle = /M(\d+) (\d+)h(\d+)v1h-\d+z/g;

/** The UPN QR symbol in its printed size, black on white, its quiet zone included. */
export function drawUpnCode(sheet: Sheet, path: string, x: number, y: number): void {
  const { document } = sheet;
  document.rect(x, y, upnCodeSide, upnCodeSide).fill(colours.white);
  document
    .save()
    .translate(x + upnQuietModules * moduleSize, y + upnQuietModules * moduleSize)
    .scale(moduleSize)
    .fillColor(colours.black);
  document.addContent(`${path.replace(rectangle, '$1 $2 $3 1 re ')}f`);
  document.restore();
}
