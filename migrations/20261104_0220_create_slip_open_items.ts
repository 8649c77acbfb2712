import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** What a payer still owed from before when a slip was made; no part of the slip's total. */
export const up = (knex: Knex) =>
  createTable(knex, 'slip_open_items', (table, { id, day }) => {
    id('manager_id').notNullable();
    id('slip_id').notNullable();
    table.integer('position').notNullable();
    table.string('description', 200).notNullable();
    day('due_date');
    table.bigInteger('amount_cents').notNullable();
    table.primary(['manager_id', 'slip_id', 'position'], 'slip_open_items_pk');
    table
      .foreign(['manager_id', 'slip_id'], 'slip_open_items_slip_fk')
      .references(['manager_id', 'id'])
      .inTable('slips')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('slip_open_items');
