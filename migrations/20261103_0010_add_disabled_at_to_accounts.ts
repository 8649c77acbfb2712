import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

export const up = (knex: Knex) =>
  alterTable(knex, 'accounts', (_, { instant }) => {
    instant('disabled_at');
  });

export const down = (knex: Knex) => knex.schema.alterTable('accounts', (table) => table.dropColumn('disabled_at'));
