import { drawSlip } from './draw-slip.ts';
import { PdfFile } from './engine/pdf-file.ts';
import { formatPeriod } from './format.ts';
import { Sheet } from './sheet.ts';
import type { Logo, SlipDocument } from './slip-document.ts';

/** A slip's pages to be merged with those of others, and what they use of fonts and pictures. */
export interface RenderedSlip {
  /** The operators of each page, deflated. */
  readonly pages: readonly Uint8Array<ArrayBuffer>[];
  readonly fonts: readonly string[];
  readonly pictures: readonly Logo[];
}

/** A real slip has two or three; what takes more than this is no slip. */
const mostPages = 500;

/**
 * The slip as a PDF: A4, tagged text that can be searched, and for each payment order the UPN form with its QR code on
 * the bottom of a page. The same document gives the same bytes.
 * @throws DocumentLimit when it would be longer than any slip
 */
export function slipPdf(document: SlipDocument): Buffer {
  const { slip } = document;
  const sheet = new Sheet({ isTagged: true, mostPages });
  drawSlip(sheet, document);
  const file = new PdfFile({
    title: `Razdelilnik ${slip.number}, ${formatPeriod(slip.period)}`,
    author: slip.manager.name,
    subject: 'Razdelilnik stroškov',
    created: new Date(`${slip.issueDate}T00:00:00Z`),
  });
  for (const page of sheet.takePages()) file.addPage(page);
  file.use(sheet.fonts, sheet.pictures);
  file.end(sheet.structure?.root);
  return file.take();
}

/**
 * The slip's pages for a print run.
 * @throws DocumentLimit when it would be longer than any slip
 */
export function renderSlip(document: SlipDocument): RenderedSlip {
  const sheet = new Sheet({ mostPages });
  drawSlip(sheet, document);
  const pages = sheet.takePages().map(({ content }) => content);
  return { pages, fonts: [...sheet.fonts], pictures: [...sheet.pictures] };
}
