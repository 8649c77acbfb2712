import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'payment_orders', (table, { id, ascii }) => {
    id('manager_id').notNullable();
    id('slip_id').notNullable();
    table.integer('position').notNullable();
    ascii('iban', 34).notNullable();
    ascii('reference', 40).notNullable();
    ascii('purpose_code', 4).notNullable();
    table.string('purpose', 100).notNullable();
    table.bigInteger('amount_cents').notNullable();
    table.primary(['manager_id', 'slip_id', 'position'], 'payment_orders_pk');
    table
      .foreign(['manager_id', 'slip_id'], 'payment_orders_slip_fk')
      .references(['manager_id', 'id'])
      .inTable('slips')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('payment_orders');
