import { watch } from 'vue';
import { pathOf } from '../../../contract/endpoint.ts';
import { getSlip, getSlipPdf, listSlips, slipFileName, slipsAtOnce } from '../../../contract/slips.ts';
import type { Slip, SlipSummary } from '../../../contract/slips.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { useAsk } from '../../shared/composables/use-ask.ts';
import { usePages } from '../../shared/composables/use-pages.ts';
import { usePayerChoiceStore } from './use-payer-choice-store.ts';

/** The slips of the chosen payer, or of all the account's payers, newest first, page by page. */
export function useSlips(limit = slipsAtOnce) {
  const choice = usePayerChoiceStore();
  const pages = usePages((cursor) =>
    call(listSlips, {
      query: {
        limit,
        ...(choice.payerId === null ? {} : { payerId: choice.payerId }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    }),
  );
  watch(() => choice.payerId, pages.restart);
  return pages;
}

/** One slip with its items and payment orders. */
export const useSlip = (id: string) => useAsk(() => call(getSlip, { params: { id } }));

/** Where the window finds a slip's PDF, also offline; as wide as the viewer, without its column of little pages. */
export const slipPdfAddress = (id: string): string =>
  `${location.origin}${pathOf(getSlipPdf, { id })}#navpanes=0&view=FitH`;

/** Asks where to, and saves the PDF there; the file's name, or null when the person thought better of it. */
export async function saveSlipPdf(slip: Pick<Slip, 'id' | 'period' | 'number'>): Promise<string | null> {
  const fileName = slipFileName(slip);
  const saved = unwrap(await desktop().documents.saveSlipPdf({ id: slip.id, fileName }));
  return saved.saved ? (saved.fileName ?? fileName) : null;
}

/** Shows a copy of the PDF in the computer's own program for PDFs. */
export async function openSlipPdf(slip: Pick<Slip, 'id' | 'period' | 'number'>): Promise<void> {
  unwrap(await desktop().documents.openSlipPdf({ id: slip.id, fileName: slipFileName(slip) }));
}

/** Shows the computer's menu for sharing. */
export async function shareSlipPdf(slip: Pick<Slip, 'id' | 'period' | 'number'>): Promise<void> {
  unwrap(await desktop().documents.shareSlipPdf({ id: slip.id, fileName: slipFileName(slip) }));
}

/** Shows the computer's dialog for printing. */
export async function printSlipPdf({ id }: Pick<Slip, 'id'>): Promise<void> {
  unwrap(await desktop().documents.printSlipPdf({ id }));
}

/** The newest slip of each payer, in the order of the list. */
export const newestOfEach = (slips: readonly SlipSummary[]): SlipSummary[] =>
  slips.filter((slip, index) => slips.findIndex((other) => other.payerId === slip.payerId) === index);

/** The payer's slip before the given one, if the list reaches that far. */
export const slipBefore = (slips: readonly SlipSummary[], slip: SlipSummary): SlipSummary | undefined =>
  slips.find((other) => other.payerId === slip.payerId && other.period < slip.period);
