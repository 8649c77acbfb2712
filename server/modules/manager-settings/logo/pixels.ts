/** More than a logo of the printed size has at 600 dpi, several times over; some tens of megabytes when it is unpacked. */
const most = 4_000_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Asked before anything of a picture is unpacked. */
export const isPrintable = ({ width, height }: Size): boolean => width > 0 && height > 0 && width * height <= most;
