import { createHash } from 'node:crypto';

/** A picture as PDF takes it: a JPEG as it is, or the pixels of another kind as RGB rows, deflated. */
export interface Picture {
  readonly kind: 'jpeg' | 'rgb';
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const names = new WeakMap<Picture, string>();

/** Its name among a document's resources: the same picture has the same in every document. */
export function pictureName(picture: Picture): string {
  const known = names.get(picture);
  if (known !== undefined) return known;
  const name = `picture-${createHash('sha256').update(picture.bytes).digest('hex').slice(0, 32)}`;
  names.set(picture, name);
  return name;
}

const colorSpaces: Readonly<Record<number, string>> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };

/** How many components a JPEG's pixels have, from its frame header (ITU-T T.81, B.2.2): grey 1, colours 3, print 4. */
function jpegComponents(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return view.getUint8(at + 9);
  }
  return 3;
}

/** The dictionary of the picture's stream. */
export function pictureFacts({ kind, bytes, width, height }: Picture): Record<string, unknown> {
  const components = kind === 'jpeg' ? jpegComponents(bytes) : 3;
  return {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: colorSpaces[components] ?? 'DeviceRGB',
    // Programs that write JPEGs for print write them inverted.
    ...(components === 4 ? { Decode: [1, 0, 1, 0, 1, 0, 1, 0] } : {}),
    Filter: kind === 'jpeg' ? 'DCTDecode' : 'FlateDecode',
  };
}
