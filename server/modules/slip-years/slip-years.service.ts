import type { Actor } from '../../http/actor.ts';
import type { Services } from '../../services.ts';
import type { ZipEntry } from '../../zip.ts';
import { slipFiles } from '../slips/slip-files.ts';

export interface YearOfPayer {
  readonly year: number;
  readonly payerId?: string | undefined;
}

/** The PDFs of the year, of the actor's payers that have an e-invoice channel when their turn comes. */
export async function* pdfsOfYear(
  services: Pick<Services, 'clock' | 'db' | 'documents'>,
  actor: Actor,
  { year, payerId }: YearOfPayer,
): AsyncGenerator<ZipEntry> {
  for await (const { fileName, pdf } of slipFiles(services, actor, { payerId, year, withEInvoice: true })) {
    if (pdf) yield { name: fileName, bytes: await pdf() };
  }
}
