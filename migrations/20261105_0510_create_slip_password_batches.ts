import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** What was issued together: by whom, for whom, in which form, and whether all of it was sent. */
export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'slip_password_batches', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    ascii('form', 10).notNullable();
    ascii('whom', 10).notNullable();
    ascii('state', 10).notNullable();
    table.integer('payers').notNullable();
    table.integer('issued').notNullable();
    id('issued_by');
    instant('issued_at').notNullable();
    instant('expires_at').notNullable();
    instant('touched_at').notNullable();
    table.primary(['manager_id', 'id'], 'slip_password_batches_pk');
    table.index(['manager_id', 'issued_at', 'id'], 'slip_password_batches_issued_ix');
    table.foreign('manager_id', 'slip_password_batches_manager_fk').references('managers.id').onDelete('RESTRICT');
    table.foreign('issued_by', 'slip_password_batches_by_fk').references('accounts.id').onDelete('SET NULL');
  });
  // Those of before: nobody wrote down whom they were for and how they went out.
  await knex.raw(`insert into slip_password_batches
      (manager_id, id, form, whom, state, payers, issued, issued_by, issued_at, expires_at, touched_at)
    select manager_id, batch_id, 'unknown', 'unknown', 'done', count(*), count(*), min(issued_by), min(issued_at),
      min(expires_at), min(issued_at)
    from slip_passwords group by manager_id, batch_id`);
}

export const down = (knex: Knex) => knex.schema.dropTable('slip_password_batches');
