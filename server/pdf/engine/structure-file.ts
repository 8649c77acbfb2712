import type { DrawnPage } from './content.ts';
import type { MarkedContent, StructureElement } from './structure.ts';

type Reference = PDFKit.PDFKitReference;

/** A page in the file, and whose its marked contents are. */
export interface MarkedPage extends Pick<DrawnPage, 'owners'> {
  readonly reference: Reference;
}

/** The tree's root for the catalogue, not written yet: whoever writes the catalogue ends it. */
export function writeStructure(
  document: PDFKit.PDFDocument,
  root: StructureElement,
  pages: readonly MarkedPage[],
): Reference {
  const references = new Map<StructureElement, Reference>();
  const isElement = (child: StructureElement | MarkedContent): child is StructureElement => 'children' in child;

  function write(element: StructureElement, parent: Reference): Reference {
    const { type, alternative, children } = element;
    const reference = document.ref({});
    references.set(element, reference);
    const home = children.find((child): child is MarkedContent => !isElement(child))?.page;
    const content = ({ page, id }: MarkedContent): unknown =>
      page === home ? id : { Type: 'MCR', Pg: pages[page]?.reference, MCID: id };
    Object.assign(reference.data, {
      S: type,
      P: parent,
      K: children.map((child) => (isElement(child) ? write(child, reference) : content(child))),
      ...(home === undefined ? {} : { Pg: pages[home]?.reference }),
      ...(type === 'TH' ? { A: { O: 'Table', Scope: 'Column' } } : {}),
      // PDFKit writes String objects as strings, and plain strings as names.
      ...(alternative === undefined ? {} : { Alt: new String(alternative) }),
    });
    reference.end(undefined);
    return reference;
  }

  const tree = document.ref({ Type: 'StructTreeRoot' });
  const first = write(root, tree);
  const owners = pages.flatMap((page, index) => [index, page.owners.map((owner) => references.get(owner))]);
  Object.assign(tree.data, { K: [first], ParentTree: { Nums: owners }, ParentTreeNextKey: pages.length });
  return tree;
}
