/**
 * The UPN QR form as data: where each of its fields A1 to A62 stands (Tehnični standard UPN QR v1.1, table 1), in
 * millimetres from the form's top left corner. Nothing else in the code knows a place on the form. The spaces for the
 * bank's entries (A13, A59) and for a logo (A61) have nothing of ours but their footers.
 */

/** Left, top, right, bottom. */
export type Bounds = readonly [left: number, top: number, right: number, bottom: number];

/** The form on the bottom of an A4 page (section 6.2): the receipt on the left, the order on the right of `split`. */
export const formSize = { width: 210, height: 99, split: 60 } as const;

/** The payer's part of the order above, the recipient's below: each has its raster. */
export const tints = {
  payer: [60, 0, 210, 55],
  recipient: [60, 55, 210, 99],
} as const satisfies Record<string, Bounds>;

export const formColours = {
  /** Pantone 172 U: texts and borders. */
  border: '#f3632a',
  /** Its raster of 20 %. */
  payer: '#fddcc6',
  /** Pantone 116 U, a raster of 20 %. */
  recipient: '#fef4c9',
  mark: '#231f20',
} as const;

/** White, with a border. */
export const boxes = {
  // Receipt
  A3: [4, 6, 56.5, 19.5],
  A5: [4, 22.5, 56.5, 31.5],
  A8: [16.5, 34.5, 56.5, 39.5],
  A10: [4, 42.5, 56.5, 56],
  A12: [4, 59, 56.5, 72.5],
  // Order
  A22: [106.5, 6, 177.7, 11],
  A23: [185.2, 6.5, 189.2, 10.5],
  A24: [196.5, 6.5, 200.5, 10.5],
  A25: [63.5, 6, 103.5, 45.5],
  A27: [106.5, 14, 121.5, 19],
  A28: [123.5, 14, 206, 19],
  A30: [106.5, 22, 206, 37],
  A37: [114.2, 40.5, 155.5, 45.5],
  A38: [161.2, 40.5, 191.2, 45.5],
  A39: [196.5, 41, 200.5, 45],
  A43: [63.5, 49, 78.5, 54],
  A44: [80.5, 49, 174.2, 54],
  A45: [176.2, 49, 206, 54],
  A47: [63.5, 58, 191, 63],
  A50: [63.5, 66, 78.5, 71],
  A51: [80.5, 66, 163, 71],
  A52: [166, 66, 206, 89],
  A54: [63.5, 74, 163, 89],
} as const satisfies Record<string, Bounds>;

export type BoxName = keyof typeof boxes;

/** Fields that people fill in by hand have a tick for each character: how far apart they are. */
export const combs = {
  A22: 3.75,
  A27: 3.75,
  A28: 3.75,
  A37: 3.75,
  A38: 3.75,
  A43: 3.75,
  A44: 3.75,
  A45: 3.72,
  A47: 3.75,
  A50: 3.75,
  A51: 3.75,
} as const satisfies Partial<Record<BoxName, number>>;

export const combHeight = 1.25;

/** Dashed lines between name, street and town (A31, A32 and A55, A56), and the line to sign on (A57). */
export const dashedLines = { A31: ['A30', 27], A32: ['A30', 32], A55: ['A54', 79], A56: ['A54', 84] } as const;
export const signatureLine = { left: 168.6, right: 203.3, y: 85.3 } as const;

/** Black squares by which machines find the form. */
export const marks = {
  A15: [61, 1, 62.5, 2.5],
  A16: [207.5, 1, 209, 2.5],
  A62: [207.5, 96.5, 209, 98],
} as const satisfies Record<string, Bounds>;

export interface Label {
  readonly text: string;
  /** Where it begins, or ends when it is set to the right. */
  readonly x: number;
  readonly align?: 'right';
  /** Where its letters end at the bottom: with g, j, p or q below the base line. */
  readonly bottom: number;
  /** The most that it may take of the width, where the table says so. */
  readonly width?: number;
  /** Points. */
  readonly size: number;
  readonly black?: true;
}

const label = (text: string, x: number, bottom: number, size = 7): Label => ({ text, x, bottom, size });

const bankSpace = 'Prostor za vpise ponudnika plačilnih storitev';

/** The printed texts. */
export const labels = {
  // Receipt
  A1: { text: 'UPN QR - potrdilo', x: 56.5, align: 'right', bottom: 4.9, width: 23.9, size: 10, black: true },
  A2: label('Ime plačnika', 4, 5.8),
  A4: label('Namen in rok plačila', 4, 22.2),
  A6: label('Znesek', 16.5, 33.8),
  A7: { text: 'EUR', x: 7.8, bottom: 38.3, width: 6.4, size: 11, black: true },
  A9: label('IBAN in referenca prejemnika', 4, 42.3),
  A11: label('Ime prejemnika', 4, 58.8),
  A14: { text: bankSpace, x: 13.8, bottom: 98.6, width: 42.7, size: 6 },
  // Order
  A17: label('Koda QR', 63.5, 5.5),
  A18: label('IBAN plačnika', 106.5, 5.7),
  A19: label('Polog', 184.3, 5.7),
  A20: label('Dvig', 196.1, 5.7),
  A26: label('Referenca plačnika', 106.5, 13.8),
  A29: label('Ime, ulica in kraj plačnika', 106.5, 21.8),
  A33: { text: 'EUR', x: 106.5, bottom: 44.3, width: 6.4, size: 11, black: true },
  A34: label('Znesek', 114.2, 39.8),
  A35: label('Datum plačila', 161.2, 40.2),
  A36: label('Nujno', 195.3, 40.2),
  A40: label('Koda namena', 63.5, 48.3),
  A41: label('Namen plačila', 80.5, 48.7),
  A42: label('Rok plačila', 176.2, 48.7),
  A46: label('IBAN prejemnika', 63.5, 57.8),
  A48: { text: 'UPN QR', x: 206, align: 'right', bottom: 61.9, width: 11.7, size: 10, black: true },
  A49: label('Referenca prejemnika', 63.5, 65.8),
  A53: label('Ime, ulica in kraj prejemnika', 63.5, 73.8),
  A58: label('Podpis plačnika (neobvezno žig)', 172, 88, 6),
  A60: label(bankSpace, 118.9, 98.6, 5),
} as const satisfies Record<string, Label>;
