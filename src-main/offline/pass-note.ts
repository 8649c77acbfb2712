import { z } from 'zod';
import type { OfflineCache, RecordId } from '../cache/offline-cache.ts';

const id: RecordId = { kind: 'answer', name: 'fetched ahead' };
const noteSchema = z.object({ done: z.int(), total: z.int(), asOf: z.iso.datetime() });

/** When a pass was last done, and of how many slips. Kept as all else is. */
export type PassNote = z.infer<typeof noteSchema>;

export async function readNote(cache: OfflineCache): Promise<PassNote | null> {
  const record = await cache.read(id);
  if (!record) return null;
  const note = noteSchema.safeParse(JSON.parse(new TextDecoder().decode(record.body)));
  return note.success ? note.data : null;
}

export async function writeNote(cache: OfflineCache, note: PassNote): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(note));
  await cache.write(id, { mediaType: 'application/json', disposition: null, savedAt: note.asOf, body });
}
