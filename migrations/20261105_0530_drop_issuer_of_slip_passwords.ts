import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/**
 * Who issued a slip password is written down once, with its batch: on each of a hundred thousand rows it cost an index
 * and a key at every issue, and a long update when that account was deleted.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.dropForeign(['issued_by'], 'slip_passwords_issued_by_fk');
  });
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.dropIndex([], 'slip_passwords_issued_by_ix');
  });
  await knex.schema.raw('alter table slip_passwords drop column issued_by');
}

export async function down(knex: Knex): Promise<void> {
  await alterTable(knex, 'slip_passwords', (_table, { id }) => {
    id('issued_by');
  });
  await knex.raw(`update slip_passwords set issued_by = (select b.issued_by from slip_password_batches b
    where b.manager_id = slip_passwords.manager_id and b.id = slip_passwords.batch_id)`);
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.index(['issued_by'], 'slip_passwords_issued_by_ix');
    table.foreign('issued_by', 'slip_passwords_issued_by_fk').references('accounts.id').onDelete('SET NULL');
  });
}
