import { randomBytes, randomFillSync } from 'node:crypto';
import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** Random bytes, hexadecimal. Drawn for many ids at a time, since each draw costs more than the rest of an import's row. */
function randomHex(bytes: number): string {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += bytes;
  return drawn.toString('hex', used - bytes, used);
}

/** 128 random bits, hexadecimal. */
export const newId = (): string => randomHex(16);

/**
 * An id whose first 32 bits say how far from the first to the last of many new rows this one stands (0 to 1); the
 * other 96 are random. Rows that are written one after the other then lie side by side in the tables and indexes:
 * ids in no order would have the database go through all of them again and again.
 */
export function placedId(place: number): string {
  const head = Math.min(0xffff_ffff, Math.floor(place * 2 ** 32));
  return head.toString(16).padStart(8, '0') + randomHex(12);
}

/** How the ids of what comes with an import begin: all of it, and nothing else of its manager, can be found by that. */
export const importPrefix = (importId: string): string => importId.slice(0, 12);

/**
 * An id whose first 48 bits are its import's and whose next 24 are its number in it, so that rows lie side by side in
 * the order in which they are written; the other 56 are random.
 */
export const placedIn = (importId: string, number: number): string =>
  importPrefix(importId) + number.toString(16).padStart(6, '0') + randomHex(7);

/**
 * An id whose first 48 bits are the moment, the other 80 random, for rows that are written in great numbers and soon
 * read again in the same order: they too lie side by side.
 */
export const timedId = (now: Date): string => now.getTime().toString(16).padStart(12, '0') + randomHex(10);

/** Many of them at once: asking for random bits costs more by the time than by the bit. */
export function timedIds(now: Date, count: number): string[] {
  const head = now.getTime().toString(16).padStart(12, '0');
  const random = randomBytes(count * 10).toString('hex');
  return Array.from({ length: count }, (_, index) => head + random.slice(index * 20, index * 20 + 20));
}

/** A random id as an SQL expression, a new one for each row: for statements that write whole sets. */
export const newIdSql = (db: Knex): Knex.Raw =>
  db.raw(isMysql(db) ? 'lower(hex(random_bytes(16)))' : 'lower(hex(randomblob(16)))');
