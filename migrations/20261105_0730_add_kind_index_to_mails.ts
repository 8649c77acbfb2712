import type { Knex } from 'knex';

/** The office's list by kind; and the state goes along, so that the failed ones of a kind are one range. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('mails', (table) => {
    table.index(['manager_id', 'kind', 'created_at', 'id'], 'mails_manager_kind_ix');
    table.index(['manager_id', 'state', 'kind', 'created_at', 'id'], 'mails_manager_state_kind_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('mails', (table) => {
    for (const name of ['mails_manager_kind_ix', 'mails_manager_state_kind_ix']) table.dropIndex([], name);
  });
