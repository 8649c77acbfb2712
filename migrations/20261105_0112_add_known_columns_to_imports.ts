import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** The columns of the file that we know, JSON: where one is missing, what is known of a payer or unit stays. */
export const up = (knex: Knex) =>
  alterTable(knex, 'imports', (_, { longText }) => {
    longText('known_columns');
  });

export const down = (knex: Knex) => knex.schema.raw('alter table imports drop column known_columns');
