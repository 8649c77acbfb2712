import type { Knex } from 'knex';

/** What has become of the passwords of a batch is counted from the index alone. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('slip_passwords', (table) => {
    table.index(['manager_id', 'batch_id', 'used_at', 'revoked_at'], 'slip_passwords_batch_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('slip_passwords', (table) => {
    table.dropIndex([], 'slip_passwords_batch_ix');
  });
