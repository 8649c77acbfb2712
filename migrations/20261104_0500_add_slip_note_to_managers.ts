import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** What the manager tells its payers on every slip. */
export const up = (knex: Knex) =>
  alterTable(knex, 'managers', (table) => {
    table.string('slip_note', 500);
  });

/** By name, not by knex: on the embedded database it would copy the table. */
export const down = (knex: Knex) => knex.schema.raw('alter table managers drop column slip_note');
