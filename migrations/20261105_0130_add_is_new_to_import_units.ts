import type { Knex } from 'knex';

/** Whether the unit comes with this file; `new_id` is the id of a known one otherwise. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('import_units', (table) => {
    table.boolean('is_new').notNullable().defaultTo(true);
  });

export const down = (knex: Knex) => knex.schema.raw('alter table import_units drop column is_new');
