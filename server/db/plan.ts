import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

const forced = (index: string): string => `force index (${index})`;

/**
 * MySQL and MariaDB plan by statistics, which often are from before an import: by those they may read a whole table for
 * each row of another one, which takes minutes. So they are told: the tables in the order of the statement (`inOrder`,
 * after `select`, and `join`), each by its primary key (`byKey`, after the table's alias) or by another index (`by`,
 * there too). The embedded database keeps no statistics and guesses: `join` and `onlyBy` tell it as well.
 */
export const planOf = (db: Knex) =>
  isMysql(db)
    ? { inOrder: 'straight_join', join: 'join', byKey: 'force index (primary)', by: forced, onlyBy: forced }
    : { inOrder: '', join: 'cross join', byKey: '', by: () => '', onlyBy: (index: string) => `indexed by ${index}` };
