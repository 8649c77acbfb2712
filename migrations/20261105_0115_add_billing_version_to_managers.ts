import type { Knex } from 'knex';

/** Raised by whatever changes what previews of imports are counted against: drafts, publications, withdrawals. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('managers', (table) => {
    table.integer('billing_version').notNullable().defaultTo(0);
  });

export const down = (knex: Knex) => knex.schema.raw('alter table managers drop column billing_version');
