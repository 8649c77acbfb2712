import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { z } from 'zod';
import { periodSchema } from '../../contract/schemas/time.ts';
import { generateBillingFile, type SampleOptions } from '../sample/billing-file.ts';
import { check } from './check.ts';
import { type Arguments, type Command, UsageError } from './command.ts';

const count = (max: number) => z.coerce.number('a whole number').int('a whole number').min(1).max(max);

function readOptions(given: Arguments): SampleOptions {
  const number = (name: string, max: number, otherwise: number) =>
    given.optional(name) === undefined ? otherwise : check(name, count(max), given.optional(name));
  const payers = number('payers', 800_000, 60);
  return {
    payers,
    months: number('months', 120, 1),
    seed: given.optional('seed') === undefined ? 1 : check('seed', z.coerce.number().int(), given.optional('seed')),
    until: check('until', periodSchema, given.optional('until') ?? '2026-10'),
    buildings: number('buildings', payers, Math.ceil(payers / 30)),
  };
}

/** Writes no faster than the other end reads. */
async function write(texts: Iterable<string>, output: NodeJS.WritableStream): Promise<void> {
  for (const text of texts) if (!output.write(text)) await once(output, 'drain');
}

async function writeFile(texts: Iterable<string>, path: string): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx' });
  try {
    await once(file, 'open');
  } catch (error) {
    throw new UsageError(`--out: ${(error as Error).message}`);
  }
  await write(texts, file);
  file.end();
  await once(file, 'close');
}

export const sample: Command = {
  words: 'sample',
  summary: 'Writes a billing file of made-up people: the same options, the same file. See docs/billing-file.md.',
  options: {
    payers: { value: 'COUNT', help: 'How many payers; 60 by default' },
    months: { value: 'COUNT', help: 'How many billing periods; 1 by default' },
    until: { value: 'YYYY-MM', help: 'The last of them; 2026-10 by default' },
    buildings: { value: 'COUNT', help: 'How many buildings; one for each 30 payers by default' },
    seed: { value: 'NUMBER', help: 'Another number makes another file; 1 by default' },
    out: { value: 'FILE', help: 'Where to; must not be there yet. Without it, standard output' },
  },
  run: async (given) => {
    const texts = generateBillingFile(readOptions(given));
    const out = given.optional('out');
    await (out === undefined ? write(texts, process.stdout) : writeFile(texts, out));
  },
};
