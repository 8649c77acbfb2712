import type { Knex } from 'knex';

/** The payers of a channel, in the order of the list; most have none, so one index serves both. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('payers', (table) => {
    table.index(['manager_id', 'channel', 'code'], 'payers_channel_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('payers', (table) => {
    table.dropIndex([], 'payers_channel_ix');
  });
