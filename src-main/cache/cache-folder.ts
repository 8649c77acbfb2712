import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Logger } from '../log.ts';
import { cacheFormat } from './record-crypto.ts';

/** Where the records are, below the user's folder. Not "cache": Chromium has a folder of that name. */
export const offlineFolder = (userData: string) => join(userData, 'offline');

/** Says in which format the records beside it are, and with which key: neither is a secret. */
export const markerName = 'format.json';
const markerSchema = z.object({ format: z.int().positive(), keyId: z.string().optional() });
type Marker = z.infer<typeof markerSchema>;

/** What a newer version of the program has written: it stays as it is until that version is back. */
export class NewerCache extends Error {}

/** Where records go that nothing here can read: until they have been fetched again, or the person leaves. */
const asideOf = (folder: string) => `${folder}.unreadable`;

/**
 * Makes the folder ready for records of today's format and this key. Older ones are thrown away, for the portal has
 * them; those of another key, or of nobody knows what, are set aside. Fails with NewerCache.
 */
export async function prepareFolder(folder: string, keyId: string, log: Logger): Promise<void> {
  const marker = await readMarker(folder);
  if (marker !== 'damaged' && marker !== null && marker.format > cacheFormat) {
    throw new NewerCache(`format ${marker.format}`);
  }
  if (marker === 'damaged' || (marker?.format === cacheFormat && marker.keyId !== keyId)) {
    await setAside(folder, log);
  } else if (marker?.format === cacheFormat) {
    return;
  } else {
    // Before this format there was no marker.
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const text = JSON.stringify({ format: cacheFormat, keyId } satisfies Marker);
  await writeAtomically(join(folder, markerName), (file) => file.writeFile(text));
}

async function readMarker(folder: string): Promise<Marker | 'damaged' | null> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(join(folder, markerName), 'utf8')));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'damaged';
  }
}

/** Records that cannot be read any more: out of the way, so that they are fetched anew. */
export async function setAside(folder: string, log: Logger): Promise<void> {
  await removeAside(folder);
  try {
    await rename(folder, asideOf(folder));
    log.warn('cache_set_aside');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    log.error('cache_not_set_aside', { error });
    await rm(folder, { recursive: true, force: true });
  }
}

export const removeAside = (folder: string) => rm(asideOf(folder), { recursive: true, force: true });

/** Everything that was ever kept here, whoever can read it. */
export async function removeKept(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await removeAside(folder);
}
