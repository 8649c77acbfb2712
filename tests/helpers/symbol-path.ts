import { drawModules, type Picture } from './read-symbol.ts';

/** The modules that a path of symbolPath blackens. */
function pathModules(path: string, size = 77): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return rows;
} // prettier-ignore

/** A symbol's path as a picture that a decoder can read. */
export const drawPath = (path: string): Picture => drawModules(pathModules(path));
