import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { setThemeSchema } from '../../contract/desktop/schemas.ts';
import { languageSchema } from '../../contract/registrations.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Logger } from '../log.ts';
import { portalOrigin } from './portal-address.ts';

const settingsSchema = z.object({
  version: z.literal(1),
  /** Tells this folder's keychain entries from those of another one. */
  profileId: z.string().regex(/^[0-9a-f]{16}$/),
  /** An origin, however the file came by it: a password travels there. */
  portal: z
    .string()
    .refine((address) => portalOrigin(address) === address)
    .nullable(),
  /**
   * That there is something in the keychain, and whose. Without it the keychain is not touched at the start.
   * With `lockedUntil` the person is signed out: key and files wait for their return until then.
   */
  signedIn: z
    .object({ portal: z.string(), accountId: z.string(), lockedUntil: z.iso.datetime().optional() })
    .nullable(),
  language: languageSchema,
  theme: setThemeSchema,
});

/** What the program remembers of itself. No secrets. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export interface SettingsFile {
  get(): Settings;
  /** Holds at once; resolves when it is on the disk. A disk that refuses is logged, not fatal. */
  change(changes: Partial<Settings>): Promise<void>;
}

const fresh = (): Settings => ({
  version: 1,
  profileId: randomBytes(8).toString('hex'),
  portal: null,
  signedIn: null,
  language: 'sl',
  theme: 'system',
});

/** Reads the settings. A damaged file is set aside as `settings.json.damaged` and the defaults hold. */
export async function openSettings(path: string, log: Logger): Promise<SettingsFile> {
  await mkdir(dirname(path), { recursive: true });
  let settings = (await read(path, log)) ?? fresh();
  let last: Promise<void> = Promise.resolve();

  const save = async () => {
    const text = JSON.stringify(settings, null, 2) + '\n';
    await writeAtomically(path, (file) => file.writeFile(text));
  };
  return {
    get: () => settings,
    change(changes) {
      settings = { ...settings, ...changes };
      last = last.then(save).catch((error: unknown) => log.error('settings_not_saved', { error }));
      return last;
    },
  };
}

async function read(path: string, log: Logger): Promise<Settings | null> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    log.error('settings_damaged', { error });
    await rename(path, `${path}.damaged`).catch((cause: unknown) => log.error('settings_not_set_aside', { cause }));
    return null;
  }
}
