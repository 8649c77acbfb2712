export const pngSizes: readonly number[];
/** A PNG of the icon; `margin` is the free part at each side. */
export function pngOf(size: number, margin?: number): Buffer;
