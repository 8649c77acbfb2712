import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** How many days a slip password of the manager's is good for; null: as many as the server's settings say. */
export const up = (knex: Knex) =>
  alterTable(knex, 'managers', (table) => {
    table.integer('slip_password_days');
  });

export const down = (knex: Knex) => knex.schema.raw('alter table managers drop column slip_password_days');
