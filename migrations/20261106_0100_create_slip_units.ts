import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/**
 * The units that a slip has items of: a row or two a slip, where an index of the items by unit has ten and costs an
 * import a third of its time. A part of the slip like its items, written with them (20261105_0100).
 */
export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'slip_units', (table, { id }) => {
    id('manager_id').notNullable();
    id('slip_id').notNullable();
    id('unit_id').notNullable();
    table.primary(['manager_id', 'slip_id', 'unit_id'], 'slip_units_pk');
    table.index(['manager_id', 'unit_id'], 'slip_units_unit_ix');
  });
  await knex.raw(`insert into slip_units (manager_id, slip_id, unit_id)
    select distinct manager_id, slip_id, unit_id from slip_items`);
  await knex.schema.alterTable('slip_items', (table) => {
    table.dropIndex(['manager_id', 'unit_id'], 'slip_items_unit_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slip_items', (table) => {
    table.index(['manager_id', 'unit_id'], 'slip_items_unit_ix');
  });
  await knex.schema.dropTable('slip_units');
}
