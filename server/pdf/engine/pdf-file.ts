import { createHash } from 'node:crypto';
import { partName, type DrawnPage } from './content.ts';
import { fontFile, type Stream } from './font-file.ts';
import { dateValue, Objects, reference, textValue } from './objects.ts';
import { pictureEntries, pictureName, type Picture } from './picture.ts';
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

/** A node of the page tree: readers find a page among ten thousand without reading all of them. */
interface PageNode {
  readonly id: number;
  readonly pages: number[];
}

const pagesOfNode = 100;

/** A4 in points. */
const paper = '[0 0 595.28 841.89]';

const fontParts = (Object.keys(typefaces) as FontName[]).flatMap((font) =>
  (['core', 'rest'] as const).map((part) => ({ name: partName(font, part), font, part })),
);

const list = (values: readonly (string | number)[]): string => `[${values.join(' ')}]`;

/**
 * A PDF that is written page by page. Fonts and pictures are embedded once, at the end, when it is known which were
 * used. What is finished can be taken out at any time; of an unmarked page nothing stays in memory but where its
 * objects begin.
 */
export class PdfFile {
  private readonly objects = new Objects();
  private readonly facts: DocumentFacts;
  private readonly root = this.objects.reserve();
  private readonly resources = this.objects.reserve();
  private readonly fonts = new Set<string>();
  private readonly pictures = new Map<string, Picture>();
  private readonly marked: MarkedPage[] = [];
  private readonly nodes: number[] = [];
  private node: PageNode | undefined;
  private pageCount = 0;

  constructor(facts: DocumentFacts) {
    this.facts = facts;
  }

  /** Says what the pages use: the names of font parts, and pictures. */
  use(fonts: Iterable<string>, pictures: Iterable<Picture>): void {
    for (const font of fonts) this.fonts.add(font);
    for (const picture of pictures) this.pictures.set(pictureName(picture), picture);
  }

  addPage({ content, owners }: DrawnPage): void {
    if (this.node && this.node.pages.length >= pagesOfNode) this.closeNode();
    this.node ??= { id: this.objects.reserve(), pages: [] };
    const contents = this.objects.writeStream('/Filter/FlateDecode', content);
    const isMarked = owners.length > 0;
    const id = this.objects.write(
      `<</Type/Page/Parent ${reference(this.node.id)}/MediaBox${paper}/Contents ${reference(contents)}` +
        `/Resources ${reference(this.resources)}${isMarked ? `/StructParents ${this.marked.length}/Tabs/S` : ''}>>`,
    );
    if (isMarked) this.marked.push({ id, owners });
    this.node.pages.push(id);
    this.pageCount += 1;
  }

  private closeNode(): void {
    if (!this.node) return;
    const { id, pages } = this.node;
    const kids = list(pages.map(reference));
    this.objects.write(`<</Type/Pages/Parent ${reference(this.root)}/Kids${kids}/Count ${pages.length}>>`, id);
    this.nodes.push(id);
    this.node = undefined;
  }

  /** What has been written since it was asked last. */
  take(): Buffer {
    return this.objects.take();
  }

  /** Embeds what was used, and the structure where the pages are marked by it. Nothing can be added afterwards. */
  end(structure?: StructureElement): void {
    this.closeNode();
    this.objects.write(`<</Type/Pages/Kids${list(this.nodes.map(reference))}/Count ${this.pageCount}>>`, this.root);
    const fonts = fontParts.filter(({ name }) => this.fonts.has(name));
    const embedded = fonts.map(({ name, font, part }) => `/${name} ${reference(this.embedFont(font, part))}`);
    const drawn = [...this.pictures].map(([name, picture]) => `/${name} ${reference(this.embedPicture(picture))}`);
    this.objects.write(`<</Font<<${embedded.join('')}>>/XObject<<${drawn.join('')}>>>>`, this.resources);
    const tree = structure && writeStructure(this.objects, structure, this.marked);
    const tagged = tree === undefined ? '' : `/MarkInfo<</Marked true>>/StructTreeRoot ${reference(tree)}`;
    const catalogue = this.objects.write(
      `<</Type/Catalog/Pages ${reference(this.root)}/Lang(sl)/ViewerPreferences<</DisplayDocTitle true>>${tagged}>>`,
    );
    this.objects.end(`/Root ${reference(catalogue)}/Info ${reference(this.writeFacts())}${this.fileId}`);
  }

  private writeFacts(): number {
    const { title, author, subject, created } = this.facts;
    const names = `/Title${textValue(title)}/Author${textValue(author)}/Subject${textValue(subject)}`;
    return this.objects.write(`<<${names}/Creator(iiPortal)/Producer(iiPortal)/CreationDate${dateValue(created)}>>`);
  }

  /** Tells the file from others (ISO 32000-1, 14.4), by what it says of itself. */
  private get fileId(): string {
    const hash = createHash('sha256').update(JSON.stringify(this.facts)).digest('hex').slice(0, 32);
    return `/ID[<${hash}><${hash}>]`;
  }

  private embedPicture(picture: Picture): number {
    return this.objects.writeStream(pictureEntries(picture), picture.bytes);
  }

  private embedStream({ deflated, length }: Stream): string {
    return reference(this.objects.writeStream(`/Length1 ${length}/Filter/FlateDecode`, deflated));
  }

  private embedFont(font: FontName, part: FontPart): number {
    const file = fontFile(font, part);
    const descriptor = this.objects.write(
      // Flags: none of the standard character sets.
      `<</Type/FontDescriptor/FontName/${file.baseName}/Flags 4/FontBBox${list(file.box)}/ItalicAngle 0/StemV 0` +
        `/Ascent ${file.ascent}/Descent ${file.descent}/CapHeight ${file.capHeight}/FontFile2 ${this.embedStream(file.program)}>>`,
    );
    const descendant = this.objects.write(
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/${file.baseName}/FontDescriptor ${reference(descriptor)}` +
        `/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW ${file.unknownWidth}/W${file.widths}` +
        `/CIDToGIDMap ${this.embedStream(file.glyphOfCode)}>>`,
    );
    return this.objects.write(
      `<</Type/Font/Subtype/Type0/BaseFont/${file.baseName}/Encoding/Identity-H` +
        `/DescendantFonts${list([reference(descendant)])}/ToUnicode ${this.embedStream(file.toUnicode)}>>`,
    );
  }
}
