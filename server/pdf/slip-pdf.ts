import { drawSlip } from './draw-slip.ts';
import { DocumentLimit } from './engine/document-limit.ts';
import { PdfFile } from './engine/pdf-file.ts';
import { formatPeriod } from './format.ts';
import { Sheet } from './sheet.ts';
import type { Logo, SlipDocument } from './slip-document.ts';

/** A real slip has two or three pages; the largest of a firm with hundreds of units stays far below. */
export const slipLimits = { items: 5_000, orders: 50, pages: 200, bytes: 5_000_000 } as const;

function drawn(document: SlipDocument, isTagged: boolean): Sheet {
  const { units, paymentOrders } = document.slip;
  const items = units.reduce((sum, unit) => sum + unit.items.length, 0);
  if (items > slipLimits.items) throw new DocumentLimit(`${items} items`);
  if (paymentOrders.length > slipLimits.orders) throw new DocumentLimit(`${paymentOrders.length} payment orders`);
  const sheet = new Sheet({ isTagged, mostPages: slipLimits.pages });
  drawSlip(sheet, document);
  return sheet;
}

/**
 * The slip as a PDF: A4, tagged text that can be searched, and for each payment order the UPN form with its QR code on
 * the bottom of a page. The same document gives the same bytes.
 *
 * @throws DocumentLimit when it would be larger than slipLimits.
 */
export function slipPdf(document: SlipDocument): Buffer {
  const { number, period, manager, issueDate } = document.slip;
  const sheet = drawn(document, true);
  const file = new PdfFile({
    title: `Razdelilnik ${number}, ${formatPeriod(period)}`,
    author: manager.name,
    subject: 'Razdelilnik stroškov',
    created: new Date(`${issueDate}T00:00:00Z`),
  });
  for (const page of sheet.takePages()) file.addPage(page);
  file.use(sheet.fonts, sheet.pictures);
  file.end(sheet.structure?.root);
  const pdf = file.take();
  if (pdf.length > slipLimits.bytes) throw new DocumentLimit(`${pdf.length} bytes`);
  return pdf;
}

/** A slip's pages to be merged with those of others, and what they use of fonts and pictures. */
export interface RenderedSlip {
  /** The operators of each page, deflated. */
  readonly pages: readonly Uint8Array<ArrayBuffer>[];
  /** The names of font parts. */
  readonly fonts: readonly string[];
  readonly pictures: readonly Logo[];
}

/**
 * The slip's pages for a print run.
 *
 * @throws DocumentLimit when it would be larger than slipLimits.
 */
export function renderSlip(document: SlipDocument): RenderedSlip {
  const sheet = drawn(document, false);
  // In memory of their own: zlib's buffers are larger than what it wrote, and would be sent whole to other threads.
  const pages = sheet.takePages().map(({ content }) => new Uint8Array(content));
  return { pages, fonts: [...sheet.fonts], pictures: [...sheet.pictures] };
}
