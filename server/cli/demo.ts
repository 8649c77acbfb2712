import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatSlipPassword } from '../../contract/schemas/slip-password.ts';
import { demonstrationManagers, demonstrationPeople } from '../sample/demonstration-data.ts';
import {
  createDemonstration,
  isCreated,
  isInUse,
  issueForRegistration,
  type DemonstrationPasswords,
} from '../sample/demonstration.ts';
import type { Services } from '../services.ts';
import { UsageError, type Command } from './command.ts';
import { generatePassword } from './generate-password.ts';
import { withServices } from './with-services.ts';

const fileSchema = z.record(z.string(), z.string());

/** The passwords are kept beside the database, for the owner alone, so that the next start can show them again. */
const passwordsFile = ({ config }: Services): string => join(config.dataDir, 'demo.json');

function readPasswords(services: Services): DemonstrationPasswords | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(passwordsFile(services), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws UsageError on a database that is in use */
async function ensureDemonstration(services: Services): Promise<DemonstrationPasswords> {
  const known = readPasswords(services);
  if (known && (await isCreated(services, known))) return known;
  if (await isInUse(services))
    throw new UsageError('This database has managers: the demonstration needs an empty one.');
  const passwords = Object.fromEntries(demonstrationPeople.map(({ email }) => [email, generatePassword()]));
  await createDemonstration(services, passwords);
  writeFileSync(passwordsFile(services), JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}

export const demo: Command = {
  words: 'demo',
  summary: 'Makes a demonstration in an empty database, once, and prints as JSON whom to sign in as.',
  options: {},
  run: async () => {
    const shown = await withServices(async (services) => {
      const passwords = await ensureDemonstration(services);
      const registration = await issueForRegistration(services);
      return {
        managers: demonstrationManagers.map(({ details, host }) => ({ name: details.name, host })),
        accounts: demonstrationPeople.map(({ role, email, host }) => ({
          role,
          email,
          host,
          password: passwords[email],
        })),
        registration: registration && {
          ...registration,
          slipPassword: formatSlipPassword(registration.slipPassword),
        },
      };
    });
    console.log(JSON.stringify(shown));
  },
};
