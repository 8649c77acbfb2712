import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** What the manager tells the payer on one slip. */
export const up = (knex: Knex) =>
  alterTable(knex, 'slips', (table) => {
    table.string('note', 500);
  });

/** By name, not by knex: on the embedded database it would copy the table. */
export const down = (knex: Knex) => knex.schema.raw('alter table slips drop column note');
