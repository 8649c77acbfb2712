import { drawSlip } from '../../../server/pdf/draw-slip.ts';
import {
  Sheet,
  type BaseLine,
  type Modules,
  type Rectangle,
  type Segment,
  type Stroke,
  type TextStyle,
} from '../../../server/pdf/sheet.ts';
import type { SlipDocument } from '../../../server/pdf/slip-document.ts';

/** What stands on a page, as somebody else could draw it too. */
export type Drawn =
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle; readonly place: BaseLine }
  | { readonly kind: 'rectangle'; readonly at: Rectangle; readonly fill?: string; readonly stroke?: Stroke }
  | { readonly kind: 'lines'; readonly segments: readonly Segment[]; readonly stroke: Stroke }
  | { readonly kind: 'modules'; readonly rows: Modules; readonly x: number; readonly y: number; readonly size: number };

/** Writes down what is drawn, page by page. Pictures are left out: the benches have none. */
class RecordingSheet extends Sheet {
  readonly recorded: Drawn[][] = [];
  private page: Drawn[] = [];

  override addPage(): void {
    super.addPage();
    this.page = [];
    this.recorded.push(this.page);
  }

  override toPage(index: number): void {
    super.toPage(index);
    this.page = this.recorded[index] ?? [];
  }

  override onBaseline(text: string, style: TextStyle, place: BaseLine): void {
    if (text !== '') this.page.push({ kind: 'text', text, style, place });
  }

  override box(
    x: number,
    y: number,
    width: number,
    height: number,
    { fill = '#fef4c9' }: { fill?: string } = {},
  ): void {
    this.page.push({ kind: 'rectangle', at: [x, y, width, height], fill });
  }

  override rect(at: Rectangle, fill: string): void {
    this.page.push({ kind: 'rectangle', at, fill });
  }

  override strokeRect(at: Rectangle, stroke: Stroke): void {
    this.page.push({ kind: 'rectangle', at, stroke });
  }

  override strokes(segments: readonly Segment[], stroke: Stroke): void {
    this.page.push({ kind: 'lines', segments, stroke });
  }

  override modules(rows: Modules, x: number, y: number, size: number): void {
    this.page.push({ kind: 'modules', rows, x, y, size });
  }
}

/** All that our own slip has on its pages: what we compare ourselves with draws the same. */
export function recordSlip(document: SlipDocument): readonly (readonly Drawn[])[] {
  const sheet = new RecordingSheet();
  drawSlip(sheet, document);
  return sheet.recorded;
}
