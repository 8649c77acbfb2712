import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

/** 128 random bits, hexadecimal. */
export const newId = (): string => randomBytes(16).toString('hex');

/** The same as an SQL expression, a new one for each row: for statements that write whole sets. */
export const newIdSql = (db: Knex): Knex.Raw =>
  db.raw(isMysql(db) ? 'lower(hex(random_bytes(16)))' : 'lower(hex(randomblob(16)))');
