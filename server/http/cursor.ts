import { ApiError } from './api-error.ts';

/** Where the next page of a list begins: the sort key of the last row of this one. Means nothing to the caller. */
export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

const isKey = (value: unknown, length: number): value is string[] =>
  Array.isArray(value) && value.length === length && value.every((part) => typeof part === 'string');

/**
 * The sort key of so many parts that a cursor stands for.
 * @throws invalid_request when it is not one of ours
 */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isKey(key, length)) return key;
  } catch {
    // Falls through: what cannot be parsed is not ours.
  }
  throw new ApiError('invalid_request', { fields: [{ path: 'cursor', rule: 'cursor' }] });
}

/** A page out of one row more than fits: the surplus row only says that there is a next page. */
export function cutPage<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly string[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
