import { page } from './look.ts';
import type { Sheet } from './sheet.ts';

/** Where the next thing goes, over as many pages as it takes. */
export class Flow {
  y: number;
  private readonly sheet: Sheet;
  private readonly drawHead: () => void;

  constructor(sheet: Sheet, y: number, drawHead: () => void) {
    this.sheet = sheet;
    this.y = y;
    this.drawHead = drawHead;
  }

  fits(height: number): boolean {
    return this.y + height <= page.bottom;
  }

  /** A new page where there is no room; says whether it took one. What is drawn within the height is never split. */
  need(height: number): boolean {
    if (this.fits(height)) return false;
    this.sheet.document.addPage();
    this.drawHead();
    this.y = page.top;
    return true;
  }
}
