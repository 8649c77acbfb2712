import { page } from './look.ts';

/** Something of a known height that is never split over two pages. */
export interface Piece {
  readonly height: number;
  /** How much of what follows has to stand on the same page: a heading keeps its first row. */
  readonly keeps?: number;
  readonly draw: (y: number) => void;
}

/** Something of a known height that may go on over the page. */
export interface Part {
  readonly height: number;
  readonly draw: (flow: Flow) => void;
}

export const heightOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { height }) => sum + height, 0);

/** Where the next thing goes, over as many pages as it takes. */
export class Flow {
  y: number;
  /** Begins a page: adds it and draws what stands on each. */
  private readonly beginPage: () => void;

  constructor(y: number, beginPage: () => void) {
    this.y = y;
    this.beginPage = beginPage;
  }

  fits(height: number, bottom: number = page.bottom): boolean {
    // Heights are sums: what fits exactly does so in spite of their rounding.
    return this.y + height <= bottom + 0.01;
  }

  /** A new page where there is no room; says whether it took one. What is drawn within the height is never split. */
  need(height: number, bottom: number = page.bottom): boolean {
    if (this.fits(height, bottom)) return false;
    this.newPage();
    return true;
  }

  newPage(): void {
    this.beginPage();
    this.y = page.top;
  }

  /** Draws a piece where there is room for it. */
  put({ height, keeps = 0, draw }: Piece): void {
    this.need(height + keeps);
    draw(this.y);
    this.y += height;
  }
}
