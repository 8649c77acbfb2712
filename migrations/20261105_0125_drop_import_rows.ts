import type { Knex } from 'knex';
import * as openItems from './20261104_0250_create_import_open_items.ts';
import * as rows from './20261102_0400_create_import_rows.ts';

/** Items and open items are written at their final place at once; see 20261105_0100. */
export async function up(knex: Knex): Promise<void> {
  await rows.down(knex);
  await openItems.down(knex);
}

export async function down(knex: Knex): Promise<void> {
  await rows.up(knex);
  await openItems.up(knex);
}
