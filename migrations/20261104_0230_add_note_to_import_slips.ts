import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

export const up = (knex: Knex) =>
  alterTable(knex, 'import_slips', (_, { exact }) => {
    exact('note', 500);
  });

export const down = (knex: Knex) => knex.schema.raw('alter table import_slips drop column note');
