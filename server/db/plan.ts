import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

/**
 * MySQL and MariaDB plan by statistics, which often are from before an import: by those they may read a whole table for
 * each row of another one, which takes minutes. So they are told: the tables in the order of the statement (`inOrder`,
 * after `select`), each by its primary key (`byKey`, after the table's alias). The embedded database keeps none.
 */
export const planOf = (db: Knex) =>
  isMysql(db) ? { inOrder: 'straight_join', byKey: 'force index (primary)' } : { inOrder: '', byKey: '' };
