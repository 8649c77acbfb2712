import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** By which publication a mail was written: what has not left is taken back with it. */
export async function up(knex: Knex): Promise<void> {
  await alterTable(knex, 'mails', (_, { id }) => void id('import_id'));
  await knex.schema.alterTable('mails', (table) => {
    table.index(['manager_id', 'import_id'], 'mails_import_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('mails', (table) => {
    table.dropIndex([], 'mails_import_ix');
  });
  await knex.schema.raw('alter table mails drop column import_id');
}
