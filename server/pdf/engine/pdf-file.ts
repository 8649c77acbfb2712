import PDFDocument from 'pdfkit';
import { partName, type DrawnPage } from './content.ts';
import { fontFile, type Stream } from './font-file.ts';
import { pictureFacts, pictureName, type Picture } from './picture.ts';
import { writeStructure, type MarkedPage } from './structure-file.ts';
import type { StructureElement } from './structure.ts';
import { typefaces, type FontName, type FontPart } from './typeface.ts';

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Written into the document instead of the clock's time: the same data gives the same bytes. */
  readonly created: Date;
}

type Reference = PDFKit.PDFKitReference;

/** PDFKit's catalogue, which its types do not show; the version is pinned. */
interface Catalogue {
  readonly data: Record<string, unknown> & { readonly Pages: { readonly data: { Kids: Reference[]; Count: number } } };
}

/** A node of the page tree: readers find a page among ten thousand without reading all of them. */
interface PageNode {
  readonly reference: Reference;
  readonly pages: Reference[];
}

const pagesOfNode = 100;

/** A4 in points. */
const paper = [0, 0, 595.28, 841.89] as const;

const fontParts = (Object.keys(typefaces) as FontName[]).flatMap((font) =>
  (['core', 'rest'] as const).map((part) => ({ name: partName(font, part), font, part })),
);

/**
 * A PDF that is written page by page, with PDFKit for its objects, cross references and catalogue. Fonts and pictures
 * are embedded once, at the end, when it is known which were used. What is finished can be taken out at any time; of
 * an unmarked page nothing stays in memory but where its objects begin.
 */
export class PdfFile {
  private readonly document: PDFKit.PDFDocument;
  private readonly resources: Reference;
  private readonly fonts = new Set<string>();
  private readonly pictures = new Map<string, Picture>();
  private readonly marked: MarkedPage[] = [];
  private node: PageNode | undefined;

  constructor({ title, author, subject, created }: DocumentFacts) {
    this.document = new PDFDocument({
      pdfVersion: '1.7',
      lang: 'sl',
      displayTitle: true,
      autoFirstPage: false,
      compress: false,
      // No default font: PDFKit would load and name Helvetica, which nothing here is written in.
      font: null as unknown as string,
      info: { Title: title, Author: author, Subject: subject, Creator: 'iiPortal', Producer: 'iiPortal', CreationDate: created },
    }); // prettier-ignore
    this.resources = this.document.ref({});
    // The UPN form has its size from the standard: viewers must not fit the page into the printer's margins.
    Object.assign((this.catalogue.data['ViewerPreferences'] as Reference).data, { PrintScaling: 'None' });
  }

  private get catalogue(): Catalogue {
    return (this.document as unknown as { readonly _root: Catalogue })._root;
  }

  private write(data: object, bytes?: Uint8Array): Reference {
    const reference = this.document.ref(data);
    // PDFKit asks whether the bytes are a Uint8Array, and keeps them as they are.
    reference.end(bytes);
    return reference;
  }

  private stream({ deflated, length }: Stream): Reference {
    return this.write({ Length1: length, Filter: 'FlateDecode' }, deflated);
  }

  /** Says what the pages use, by the names of the resources. */
  use(fonts: Iterable<string>, pictures: Iterable<Picture>): void {
    for (const font of fonts) this.fonts.add(font);
    for (const picture of pictures) this.pictures.set(pictureName(picture), picture);
  }

  addPage({ content, owners }: DrawnPage): void {
    const { reference: parent, pages } = this.openNode();
    const contents = this.write({ Filter: 'FlateDecode' }, content);
    const facts = { Type: 'Page', Parent: parent, MediaBox: paper, Contents: contents, Resources: this.resources };
    const isMarked = owners.length > 0;
    const page = this.write(isMarked ? { ...facts, StructParents: this.marked.length, Tabs: 'S' } : facts);
    if (isMarked) this.marked.push({ reference: page, owners });
    pages.push(page);
  }

  private openNode(): PageNode {
    if (this.node && this.node.pages.length >= pagesOfNode) this.closeNode();
    this.node ??= { reference: this.document.ref({}), pages: [] };
    return this.node;
  }

  private closeNode(): void {
    if (!this.node) return;
    const { reference, pages } = this.node;
    const root = this.catalogue.data.Pages;
    root.data.Kids.push(reference);
    root.data.Count += pages.length;
    Object.assign(reference.data, { Type: 'Pages', Parent: root, Kids: pages, Count: pages.length });
    reference.end(undefined);
    // The root goes on holding the node, of which it needs the number only: the pages are written and may go.
    Object.assign(reference.data, { Kids: [] });
    this.node = undefined;
  }

  /** What has been written since it was asked last. */
  take(): Buffer {
    return (this.document.read() as Buffer | null) ?? Buffer.alloc(0);
  }

  /** Embeds what was used, and the structure where the pages are marked by it. Nothing can be added afterwards. */
  end(structure?: StructureElement): void {
    this.closeNode();
    const fonts = fontParts.filter(({ name }) => this.fonts.has(name));
    Object.assign(this.resources.data, {
      Font: Object.fromEntries(fonts.map(({ name, font, part }) => [name, this.embedFont(font, part)])),
      XObject: Object.fromEntries(
        [...this.pictures].map(([name, picture]) => [name, this.write(pictureFacts(picture), picture.bytes)]),
      ),
    });
    this.resources.end(undefined);
    if (structure) {
      this.catalogue.data['MarkInfo'] = this.document.ref({ Marked: true });
      this.catalogue.data['StructTreeRoot'] = writeStructure(this.document, structure, this.marked);
    }
    this.document.end();
  }

  private embedFont(font: FontName, part: FontPart): Reference {
    const { baseName, program, glyphOfCode, toUnicode, widths, unknownWidth, ...metrics } = fontFile(font, part);
    const descriptor = this.write({
      Type: 'FontDescriptor',
      FontName: baseName,
      // Neither one of the standard character sets, nor slanted.
      Flags: 4,
      FontBBox: metrics.box,
      ItalicAngle: 0,
      Ascent: metrics.ascent,
      Descent: metrics.descent,
      CapHeight: metrics.capHeight,
      StemV: 0,
      FontFile2: this.stream(program),
    });
    const descendant = this.write({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseName,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: unknownWidth,
      W: widths,
      CIDToGIDMap: this.stream(glyphOfCode),
    });
    return this.write({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseName,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: this.stream(toUnicode),
    });
  }
}
