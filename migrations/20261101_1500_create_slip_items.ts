import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'slip_items', (table, { id, ascii }) => {
    id('manager_id').notNullable();
    id('slip_id').notNullable();
    table.integer('position').notNullable();
    id('unit_id').notNullable();
    // No foreign key to payment_orders: it would cost an index over the largest table, and the two are written together.
    table.integer('payment_order_position').notNullable();
    table.string('description', 200).notNullable();
    table.string('supplier', 200);
    table.bigInteger('building_total_cents');
    table.string('allocation_key', 100);
    ascii('quantity', 20);
    table.string('measure', 20);
    ascii('price', 20);
    table.bigInteger('base_cents');
    ascii('vat_rate', 20);
    table.bigInteger('vat_cents');
    table.bigInteger('amount_cents').notNullable();
    table.primary(['manager_id', 'slip_id', 'position'], 'slip_items_pk');
    table.index(['manager_id', 'unit_id'], 'slip_items_unit_ix');
    table
      .foreign(['manager_id', 'slip_id'], 'slip_items_slip_fk')
      .references(['manager_id', 'id'])
      .inTable('slips')
      .onDelete('CASCADE');
    table
      .foreign(['manager_id', 'unit_id'], 'slip_items_unit_fk')
      .references(['manager_id', 'id'])
      .inTable('units')
      .onDelete('RESTRICT');
  });

export const down = (knex: Knex) => knex.schema.dropTable('slip_items');
