import type { Knex } from 'knex';

const parts = ['slip_items', 'payment_orders', 'slip_open_items'] as const;

/**
 * An import writes the parts of a slip once, at their final place, while it is still checked: under the id of a slip
 * that is not there yet and may never be. So they cannot refer to it by a foreign key, nor to a unit that comes with it.
 * Whoever deletes slips deletes their parts (server/modules/imports/slip-parts.ts).
 */
export async function up(knex: Knex): Promise<void> {
  for (const part of parts) {
    await knex.schema.alterTable(part, (table) => {
      table.dropForeign(['manager_id', 'slip_id'], `${part}_slip_fk`);
    });
  }
  await knex.schema.alterTable('slip_items', (table) => {
    table.dropForeign(['manager_id', 'unit_id'], 'slip_items_unit_fk');
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const part of parts) {
    await knex(part)
      .whereNotExists(knex('slips').whereRaw(`slips.manager_id = ${part}.manager_id and slips.id = ${part}.slip_id`))
      .delete();
    await knex.schema.alterTable(part, (table) => {
      table
        .foreign(['manager_id', 'slip_id'], `${part}_slip_fk`)
        .references(['manager_id', 'id'])
        .inTable('slips')
        .onDelete('CASCADE');
    });
  }
  await knex.schema.alterTable('slip_items', (table) => {
    table
      .foreign(['manager_id', 'unit_id'], 'slip_items_unit_fk')
      .references(['manager_id', 'id'])
      .inTable('units')
      .onDelete('RESTRICT');
  });
}
