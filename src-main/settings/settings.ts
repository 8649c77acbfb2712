import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ColumnChoice, DiskTrouble } from '../../contract/desktop/api.ts';
import { columnKeysSchema, setThemeSchema } from '../../contract/desktop/schemas.ts';
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
  /** Whether slips are fetched ahead, to be there without a connection. */
  fetchAhead: z.boolean().default(true),
  /** Which columns of a table are shown, where that was chosen. */
  columns: z.record(z.string(), columnKeysSchema).default({}),
});

/** What the program remembers of itself. No secrets. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export interface SettingsFile {
  get(): Settings;
  /** The file was damaged and has been set aside: these are the settings as they come. */
  readonly wasDamaged: boolean;
  /** Holds at once; resolves when it is on the disk. A disk that refuses is logged, not fatal: see `trouble`. */
  change(changes: Partial<Settings>): Promise<void>;
  /** Why what was changed last is not on the disk; null when it is. */
  trouble(): DiskTrouble | null;
}

/** What somebody has chosen for themselves, as the program comes: a computer that forgets them forgets it too. */
export const unchosen = (): Pick<Settings, 'fetchAhead' | 'columns'> => ({ fetchAhead: true, columns: {} });

const fresh = (): Settings => ({
  version: 1,
  profileId: randomBytes(8).toString('hex'),
  portal: null,
  signedIn: null,
  language: 'sl',
  theme: 'system',
  ...unchosen(),
});

/** The choice of columns with one table's put in or, as null, taken out. */
export function withColumns(
  { columns }: Settings,
  { table, columns: chosen }: ColumnChoice,
): Pick<Settings, 'columns'> {
  const others = Object.entries(columns).filter(([name]) => name !== table);
  return { columns: Object.fromEntries(chosen ? [...others, [table, [...chosen]]] : others) };
}

/** Reads the settings. A damaged file is set aside as `settings.damaged-<date>.json` and the defaults hold. */
export async function openSettings(path: string, log: Logger): Promise<SettingsFile> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => log.error('no_settings_folder', { error }));
  const found = await read(path, log);
  let settings = typeof found === 'string' || found === null ? fresh() : found;
  let last: Promise<void> = Promise.resolve();
  let trouble: DiskTrouble | null = found === 'unreadable' ? 'refused' : null;

  const save = async () => {
    // What could not be read is not to be overwritten.
    if (found === 'unreadable') return;
    try {
      const text = JSON.stringify(settings, null, 2) + '\n';
      await writeAtomically(path, (file) => file.writeFile(text));
      trouble = null;
    } catch (error) {
      trouble = isFull(error) ? 'full' : 'refused';
      log.error('settings_not_saved', { error });
    }
  };
  return {
    get: () => settings,
    wasDamaged: found === 'damaged',
    change(changes) {
      settings = { ...settings, ...changes };
      last = last.then(save);
      return last;
    },
    trouble: () => trouble,
  };
}

/** No room, or none that the user is given. */
const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Null when there are none; `unreadable` when the disk did not give them, `damaged` when it gave something else. */
async function read(path: string, log: Logger): Promise<Settings | 'unreadable' | 'damaged' | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    log.error('settings_unreadable', { error });
    return 'unreadable';
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    log.error('settings_damaged', { error });
    await setAside(path).catch((cause: unknown) => log.error('settings_not_set_aside', { cause }));
    return 'damaged';
  }
}

const keptAside = 3;

/** Beside the good ones, for whoever wants to look; the newest few stay. */
async function setAside(path: string): Promise<void> {
  const folder = dirname(path);
  const moment = new Date().toISOString().replaceAll(':', '-');
  await rename(path, join(folder, `settings.damaged-${moment}.json`));
  const others = (await readdir(folder)).filter((name) => /^settings\.damaged-.*\.json$/.test(name)).sort();
  await Promise.all(others.slice(0, -keptAside).map((name) => rm(join(folder, name), { force: true })));
}
