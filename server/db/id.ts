import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

/** 128 random bits, hexadecimal. */
export const newId = (): string => randomBytes(16).toString('hex');

/**
 * An id whose first 32 bits say how far from the first to the last of many new rows this one stands (0 to 1); the
 * other 96 are random. Rows that are written one after the other then lie side by side in the tables and indexes:
 * ids in no order would have the database go through all of them again and again.
 */
export function placedId(place: number): string {
  const head = Math.min(0xffff_ffff, Math.floor(place * 2 ** 32));
  return head.toString(16).padStart(8, '0') + randomBytes(12).toString('hex');
}

/**
 * An id whose first 48 bits are the moment, the other 80 random, for rows that are written in great numbers and soon
 * read again in the same order: they too lie side by side.
 */
export const timedId = (now: Date): string =>
  now.getTime().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');

/** A random id as an SQL expression, a new one for each row: for statements that write whole sets. */
export const newIdSql = (db: Knex): Knex.Raw =>
  db.raw(isMysql(db) ? 'lower(hex(random_bytes(16)))' : 'lower(hex(randomblob(16)))');
