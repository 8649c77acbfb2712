import type { z } from 'zod';
import { ApiError } from './api-error.ts';

/** Where the next page of a list begins: the sort key of the last row of this one. Means nothing to the caller. */
const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function readKey(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined; // Not JSON: not one of ours.
  }
}

/**
 * The sort key that a cursor stands for, of the parts that the list is sorted by: databases compare no column with just
 * anything, and whoever writes a cursor must not reach them with it.
 * @throws invalid_request when it is not one of ours
 */
export function decodeCursor<Key extends z.ZodType<string[]>>(cursor: string, key: Key): z.output<Key> {
  const parsed = key.safeParse(readKey(cursor));
  if (!parsed.success) throw new ApiError('invalid_request', { fields: [{ path: 'cursor', rule: 'cursor' }] });
  return parsed.data;
}

/** A page out of one row more than fits: the surplus row only says that there is a next page. */
export function cutPage<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly string[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
