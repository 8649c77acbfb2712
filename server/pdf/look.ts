/** Millimetres as points, the unit of PDF. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

/** The colours of the look on white paper; straw and perforation mark what there is to pay or to copy. */
export const colours = {
  ink: '#1d2733',
  secondInk: '#56616e',
  line: '#e0dacd',
  ground: '#f4f1ea',
  accent: '#0d5c63',
  straw: '#fef4c9',
  perforation: '#e6b8a0',
  white: '#ffffff',
  black: '#000000',
} as const;

/** A4 upright. */
export const page = {
  width: mm(210),
  height: mm(297),
  left: mm(20),
  right: mm(190),
  /** Where the content of continued pages begins. */
  top: mm(24),
  /** Where content ends, above the footer. */
  bottom: mm(279),
} as const;

export const contentWidth = page.right - page.left;
