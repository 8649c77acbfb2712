import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** A table of its own: half a megabyte that is read for slips alone, not whenever a manager is. */
export const up = (knex: Knex) =>
  createTable(knex, 'manager_logos', (table, { id, ascii, instant, bytes }) => {
    id('manager_id').notNullable();
    // As it is shown on the screen.
    ascii('media_type', 20).notNullable();
    bytes('picture').notNullable();
    // As it is printed.
    ascii('kind', 10).notNullable();
    bytes('print').notNullable();
    table.integer('width').notNullable();
    table.integer('height').notNullable();
    instant('updated_at').notNullable();
    table.primary(['manager_id'], 'manager_logos_pk');
    table.foreign('manager_id', 'manager_logos_manager_fk').references('managers.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('manager_logos');
