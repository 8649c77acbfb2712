/** The kinds of content that screen readers tell apart (ISO 32000-1, 14.8.4), as far as our documents have them. */
export type StructureType = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';

/** A stretch of a page's content. */
export interface MarkedContent {
  readonly page: number;
  /** Its number on the page. */
  readonly id: number;
}

/** A node of the tree that says in which order and as what the content is read. */
export interface StructureElement {
  readonly type: StructureType;
  /** Instead of what is drawn, for those who do not see it. */
  readonly alternative?: string;
  readonly children: (StructureElement | MarkedContent)[];
}

/** What stands on the page but is not read: lines, grounds, heads and feet of pages. */
export const artifact = 'Artifact';

/** What a piece of content belongs to. */
export type Owner = StructureElement | typeof artifact;

const grouping: ReadonlySet<StructureType> = new Set(['Document', 'Sect', 'Table', 'TR']);

/** The tree while a document is drawn: where in it the drawing is just now. */
export class Structure {
  readonly root: StructureElement = { type: 'Document', children: [] };
  private current: Owner = this.root;

  /** Draws within an element, or as an artifact. */
  within<T>(type: StructureType | typeof artifact, draw: () => T, alternative?: string): T {
    const outer = this.current;
    if (outer === artifact) return draw();
    this.current = type === artifact ? artifact : this.append(outer, type, alternative);
    try {
      return draw();
    } finally {
      this.current = outer;
    }
  }

  private append(parent: StructureElement, type: StructureType, alternative?: string): StructureElement {
    const element = { type, children: [], ...(alternative === undefined ? {} : { alternative }) };
    parent.children.push(element);
    return element;
  }

  /** Draws texts that belong together: as one paragraph where no element for text is open. */
  texts<T>(draw: () => T): T {
    const isOpen = this.current === artifact || !grouping.has(this.current.type);
    return isOpen ? draw() : this.within('P', draw);
  }

  /** Whose a text is that is drawn now. */
  get ownerOfText(): Owner {
    return this.current;
  }

  /** Whose a line, a ground or a picture is: only a figure's are read. */
  get ownerOfShape(): Owner {
    return this.current !== artifact && this.current.type === 'Figure' ? this.current : artifact;
  }
}
