import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openOfflineCache } from '../../../src-main/cache/offline-cache.ts';
import { writeAtomically } from '../../../src-main/files/atomic-write.ts';
import { createLogger } from '../../../src-main/log.ts';
import { openSettings } from '../../../src-main/settings/settings.ts';
import { answerSize, cacheOptions, documentSize, ids } from './endless-files.ts';

/**
 * Writes every kind of file that the program writes over and over, side by side, each time filled with another letter,
 * until it is killed, or but once. Says when each has been written once.
 */
const folder = process.argv[2]!;
const log = createLogger(
  () => undefined,
  () => new Date(),
);

const settings = await openSettings(join(folder, 'settings.json'), log);
const cache = await openOfflineCache(cacheOptions(folder, log));
const letter = () => String.fromCharCode(randomInt(97, 123));
const filled = (size: number) => new Uint8Array(Buffer.alloc(size, letter()));
const record = (body: Uint8Array<ArrayBuffer>) => ({ mediaType: 'text/plain', disposition: null, savedAt: '', body });

const writers: (() => Promise<void>)[] = [
  () => settings.change({ columns: { payers: Array<string>(40).fill(letter().repeat(40)) } }),
  () => cache.write(ids.answer, record(filled(answerSize))),
  () => cache.write(ids.document, record(filled(documentSize))),
  () =>
    writeAtomically(join(folder, 'saved.pdf'), async (file) => {
      const content = filled(documentSize);
      // In pieces, as a download comes.
      for (let at = 0; at < content.length; at += 20_000) await file.write(content, at, 20_000);
    }),
];

async function repeat(write: () => Promise<void>): Promise<never> {
  for (;;) await write();
}

for (const write of writers) await write();
process.stdout.write('.');
if (process.argv[3] !== 'once') await Promise.all(writers.map(repeat));
