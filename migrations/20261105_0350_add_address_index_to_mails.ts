import type { Knex } from 'knex';

/** A payer's mails: those to the address for its bills, newest first, however many payers share it. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('mails', (table) => {
    table.index(['manager_id', 'to_address', 'created_at', 'id'], 'mails_address_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('mails', (table) => {
    table.dropIndex([], 'mails_address_ix');
  });
