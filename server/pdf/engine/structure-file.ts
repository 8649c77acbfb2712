import type { DrawnPage } from './content.ts';
import { reference, textValue, type Objects } from './objects.ts';
import type { MarkedContent, StructureElement } from './structure.ts';

/** A page in the file, and whose its marked contents are. */
export interface MarkedPage extends Pick<DrawnPage, 'owners'> {
  readonly id: number;
}

const isElement = (child: StructureElement | MarkedContent): child is StructureElement => 'children' in child;

/** Writes the tree and returns its root's number, for the catalogue (ISO 32000-1, 14.7). */
export function writeStructure(objects: Objects, root: StructureElement, pages: readonly MarkedPage[]): number {
  const ids = new Map<StructureElement, number>();
  const pageOf = (index: number): string => reference(pages[index]?.id ?? 0);

  function write(element: StructureElement, parent: number): string {
    const { type, alternative, children } = element;
    const id = objects.reserve();
    ids.set(element, id);
    const home = children.find((child): child is MarkedContent => !isElement(child))?.page;
    const content = ({ page, id: piece }: MarkedContent): string =>
      page === home ? String(piece) : `<</Type/MCR/Pg ${pageOf(page)}/MCID ${piece}>>`;
    const inside = children.map((child) => (isElement(child) ? write(child, id) : content(child))).join(' ');
    const at = home === undefined ? '' : `/Pg ${pageOf(home)}`;
    const scope = type === 'TH' ? '/A<</O/Table/Scope/Column>>' : '';
    const spoken = alternative === undefined ? '' : `/Alt${textValue(alternative)}`;
    objects.write(`<</S/${type}/P ${reference(parent)}/K[${inside}]${at}${scope}${spoken}>>`, id);
    return reference(id);
  }

  const tree = objects.reserve();
  const first = write(root, tree);
  const owners = pages.map(
    ({ owners: of }, page) => `${page}[${of.map((owner) => reference(ids.get(owner) ?? 0)).join(' ')}]`,
  );
  objects.write(
    `<</Type/StructTreeRoot/K[${first}]/ParentTree<</Nums[${owners.join('')}]>>/ParentTreeNextKey ${pages.length}>>`,
    tree,
  );
  return tree;
}
