import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/**
 * The slip that goes along as a PDF. Without a foreign key: SQLite adds none to a table that is there, and a published
 * slip is never deleted. Each slip goes out once, whoever writes its mail and however often.
 */
export async function up(knex: Knex): Promise<void> {
  await alterTable(knex, 'mails', (_, { id }) => void id('slip_id'));
  await knex.schema.alterTable('mails', (table) => {
    table.unique(['manager_id', 'slip_id', 'kind'], { indexName: 'mails_slip_uq' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('mails', (table) => {
    table.dropUnique([], 'mails_slip_uq');
  });
  await knex.schema.raw('alter table mails drop column slip_id');
}
