import { deflateSync } from 'node:zlib';

/** How others name the object. */
export const reference = (id: number): string => `${id} 0 R`;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '(': '\\(', ')': '\\)' };

/** A text as a value: as it is where it is ASCII, in UTF-16 otherwise (ISO 32000-1, 7.9.2.2). */
export const textValue = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? `(${text.replace(/[\\()]/g, (character) => escapes[character] ?? character)})`
    : `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** A moment as a value, in UTC (7.9.4). */
export const dateValue = (date: Date): string => `(D:${date.toISOString().replace(/[-:T]|\..*/g, '')}Z)`;

/** How many objects are deflated together. */
const mostPacked = 200;

/**
 * The objects of a PDF, written one after the other (ISO 32000-1, 7.5). Those without a stream are deflated together,
 * some hundred at a time (7.5.7); where each begins stands in the cross references at the end (7.5.8). What is
 * written can be taken out at any time: only the places stay in memory.
 */
export class Objects {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;
  /** For each object its offset in the file, or the object that it is packed in. */
  private readonly places: number[] = [];
  /** For each object its number among those that it is packed with; -1 for one that stands alone. */
  private readonly packedAs: number[] = [];
  private pack: { readonly id: number; readonly bodies: (readonly [id: number, body: string])[] } | undefined;

  constructor() {
    // The second line tells programs that the file is not text.
    this.put(Buffer.from('%PDF-1.7\n%\xff\xff\xff\xff\n', 'latin1'));
  }

  private put(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  /** A number for an object that is written later. */
  reserve(): number {
    this.packedAs.push(-1);
    return this.places.push(0);
  }

  /** Writes a value of PDF: a dictionary, mostly. */
  write(body: string, id = this.reserve()): number {
    this.pack ??= { id: this.reserve(), bodies: [] };
    this.places[id - 1] = this.pack.id;
    this.packedAs[id - 1] = this.pack.bodies.push([id, body]) - 1;
    if (this.pack.bodies.length >= mostPacked) this.closePack();
    return id;
  }

  /** Writes bytes with the entries of their dictionary. */
  writeStream(entries: string, bytes: Uint8Array, id = this.reserve()): number {
    this.places[id - 1] = this.length;
    this.put(Buffer.from(`${id} 0 obj\n<<${entries}/Length ${bytes.length}>>\nstream\n`, 'latin1'));
    this.put(bytes);
    this.put(Buffer.from('\nendstream\nendobj\n'));
    return id;
  }

  private closePack(): void {
    if (!this.pack) return;
    const { id, bodies } = this.pack;
    this.pack = undefined;
    const heads: string[] = [];
    let at = 0;
    for (const [member, body] of bodies) {
      heads.push(`${member} ${at}`);
      at += body.length + 1;
    }
    const head = `${heads.join(' ')}\n`;
    const packed = Buffer.from(`${head}${bodies.map(([, body]) => body).join('\n')}\n`, 'latin1');
    const entries = `/Type/ObjStm/N ${bodies.length}/First ${head.length}/Filter/FlateDecode`;
    this.writeStream(entries, deflateSync(packed, { level: 1 }), id);
  }

  /** What has been written since it was asked last. */
  take(): Buffer {
    return Buffer.concat(this.chunks.splice(0));
  }

  /** Writes the cross references. The catalogue's and the facts' objects are named to readers here. */
  end(trailer: string): void {
    this.closePack();
    const start = this.length;
    const id = this.reserve();
    this.places[id - 1] = start;
    // Of each object its kind, its place in five bytes and its number in its pack; object 0 heads the free ones.
    const table = Buffer.alloc(8 * (this.places.length + 1));
    this.places.forEach((place, index) => {
      const packedAs = this.packedAs[index] ?? -1;
      const at = 8 * (index + 1);
      table.writeUInt8(packedAs < 0 ? 1 : 2, at);
      table.writeUIntBE(place, at + 1, 5);
      table.writeUInt16BE(Math.max(packedAs, 0), at + 6);
    });
    const entries = `/Type/XRef/Size ${this.places.length + 1}/W[1 5 2]/Filter/FlateDecode${trailer}`;
    this.writeStream(entries, deflateSync(table, { level: 1 }), id);
    this.put(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  }
}
