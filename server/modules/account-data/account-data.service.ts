import type { Readable } from 'node:stream';
import type { Actor } from '../../http/actor.ts';
import type { Services } from '../../services.ts';
import { zipped, type ZipEntry } from '../../zip.ts';
import { slipFiles } from '../slips/slip-files.ts';
import { personalData } from './personal-data.ts';

type DataServices = Pick<Services, 'db' | 'clock' | 'config' | 'logger' | 'documents'>;

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** Each slip as JSON, and as a PDF where the portal would show it as one. */
async function* filesOf(services: DataServices, actor: Actor, person: Buffer): AsyncGenerator<ZipEntry> {
  yield { name: 'moji-podatki.json', bytes: person };
  for await (const { slip, fileName, pdf } of slipFiles(services, actor)) {
    const name = `razdelilniki/${fileName}`;
    yield { name: name.replace(/\.pdf$/, '.json'), bytes: json(slip) };
    if (pdf) yield { name, bytes: await pdf() };
  }
}

/** All that is kept of the person and the person's slips, as a ZIP that is made while it is fetched. */
export async function accountData(services: DataServices, actor: Actor): Promise<Readable> {
  // Before the answer begins: what fails now can still be answered.
  const person = json(await personalData(services, actor.accountId));
  return zipped(filesOf(services, actor, person));
}
