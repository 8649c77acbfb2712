import { once } from 'node:events';
import { finished, PassThrough, pipeline, Readable } from 'node:stream';
import { byteOrderMark, csvLine } from '../../csv.ts';
import { Manager } from '../../models/manager.ts';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { formatMoment } from '../../pdf/format.ts';
import { lettersFacts, type LettersHead } from '../../pdf/letters-pdf.ts';
import { mergedPdf } from '../../pdf/merged-pdf.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import { inFlight } from '../print-runs/in-flight.ts';
import { finishBatch, issued, type IssueServices, type OpenBatch, type Recipient } from './issue-batch.ts';
import { voidBatch } from './void-batch.ts';

type FileServices = IssueServices & Pick<Services, 'documents'>;

const header = ['Šifra plačnika', 'Plačnik', 'Naslov', 'Pošta in kraj', 'Geslo z razdelilnika', 'Velja do'];

async function* lines(services: FileServices, batch: OpenBatch): AsyncGenerator<string> {
  const expires = formatMoment(batch.expiresAt);
  const lineOf = ({ code, name, street, town, password }: Recipient): string =>
    csvLine([code, name, street, town, formatSlipPassword(password), expires]);
  yield byteOrderMark + csvLine(header);
  for await (const recipients of issued(services, batch)) yield recipients.map(lineOf).join('');
}

/** So many letters are drawn by one thread at a time, and so many batches of them are with the threads. */
const lettersAtOnce = 25;
const batchesAtOnce = 4;

async function* someLetters(services: FileServices, batch: OpenBatch): AsyncGenerator<readonly Recipient[]> {
  for await (const recipients of issued(services, batch, lettersAtOnce * batchesAtOnce))
    for (let start = 0; start < recipients.length; start += lettersAtOnce)
      yield recipients.slice(start, start + lettersAtOnce);
}

async function headOf({ db, config }: FileServices, batch: OpenBatch): Promise<LettersHead> {
  const { name, street, town, email, phone } = await Manager.query(db).findById(batch.managerId).throwIfNotFound();
  return {
    manager: { name, street, town, email, phone },
    portalAddress: await portalAddressOf(db, config.publicUrl, batch.managerId),
    issuedAt: batch.issuedAt,
    expiresAt: batch.expiresAt,
  };
}

async function letters(services: FileServices, batch: OpenBatch): Promise<Readable> {
  const head = await headOf(services, batch);
  const drawn = inFlight(someLetters(services, batch), batchesAtOnce, (some) =>
    services.documents.letterPages(some, head),
  );
  return mergedPdf(drawn, lettersFacts(head));
}

/** How it ended is written down: what did not go out whole nobody can use, so all of it is void. */
async function settle(services: FileServices, batch: OpenBatch, error: unknown): Promise<void> {
  try {
    if (!error) await finishBatch(services.db, batch);
    else await voidBatch(services, batch, { state: 'broken', who: batch.who });
  } catch (failure) {
    services.logger.error({ batchId: batch.batchId, err: failure }, 'batch of slip passwords not ended');
  }
}

/**
 * The passwords of a batch as a file, issued while it is taken: those that nobody takes are not issued, and those in a
 * file that breaks off are void.
 * @throws what fails before there is anything to send: it can still be answered
 */
export async function batchFile(
  services: FileServices,
  batch: OpenBatch,
  form: 'text/csv' | 'application/pdf',
): Promise<Readable> {
  const body = new PassThrough();
  finished(body, (error) => void settle(services, batch, error));
  try {
    const made =
      form === 'text/csv'
        ? Readable.from(lines(services, batch), { objectMode: false })
        : await letters(services, batch);
    // How it ends, the body tells.
    pipeline(made, body, () => undefined);
    await once(body, 'readable');
    return body;
  } catch (error) {
    body.destroy(error as Error);
    throw error;
  }
}
