import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { ZipFile } from 'yazl';
import { slipFileName } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import { slipPdf } from '../../pdf/slip-pdf.ts';
import type { Services } from '../../services.ts';
import { hasEInvoice } from '../slips/slips.policy.ts';
import { pageOfSlips } from '../slips/slips.queries.ts';
import { readSlip } from '../slips/slips.service.ts';
import { personalData } from './personal-data.ts';

type DataServices = Pick<Services, 'db' | 'clock' | 'config' | 'logger'>;

const slipsAtOnce = 100;

/** The actor's slips, some at a time. */
async function* slipIdsOf(db: Knex, { payers }: Actor): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await pageOfSlips(db, payers, { limit: slipsAtOnce, cursor });
    for (const { id } of page.items) yield id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** One slip as JSON, and as a PDF where the portal would show it as one. */
async function* filesOf(services: DataServices, actor: Actor, id: string): AsyncGenerator<[string, Buffer]> {
  const slip = await readSlip(services, actor, id);
  const name = `razdelilniki/${slipFileName(slip).replace(/\.pdf$/, '')}-${id.slice(0, 6)}`;
  yield [`${name}.json`, json(slip)];
  if (hasEInvoice(slip.channel)) yield [`${name}.pdf`, await slipPdf(slip)];
}

/** Puts a file in and waits until it has gone out: one at a time is in memory, however slowly they are fetched. */
const written = (zip: ZipFile, name: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    zip.addReadStreamLazy(name, (open) => {
      const file = Readable.from([bytes]);
      file.once('close', resolve);
      open(null, file);
    });
  });

async function fill(zip: ZipFile, services: DataServices, actor: Actor, person: Buffer): Promise<void> {
  await written(zip, 'moji-podatki.json', person);
  for await (const id of slipIdsOf(services.db, actor)) {
    for await (const [name, bytes] of filesOf(services, actor, id)) await written(zip, name, bytes);
  }
  zip.end();
}

/** All that is kept of the person and the person's slips, as a ZIP that is made while it is fetched. */
export async function accountData(services: DataServices, actor: Actor): Promise<Readable> {
  // Before the answer begins: what fails now can still be answered.
  const person = json(await personalData(services, actor.accountId));
  const zip = new ZipFile();
  // The library types its stream by the interface alone; it is a PassThrough.
  const output = zip.outputStream as Readable;
  fill(zip, services, actor, person).catch((error: unknown) => output.destroy(error as Error));
  return output;
}
