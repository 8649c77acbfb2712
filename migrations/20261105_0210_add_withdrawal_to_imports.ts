import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

const added = ['withdrawn_at', 'withdrawn_by', 'withdrawal_reason'] as const;

/** When, by whom and why the runs of an import were last taken back from the residents. */
export const up = (knex: Knex) =>
  alterTable(knex, 'imports', (table, { id, instant }) => {
    instant('withdrawn_at');
    // Without a foreign key, which the embedded database could only add by copying the table: who is gone has no name.
    id('withdrawn_by');
    table.string('withdrawal_reason', 500);
  });

export async function down(knex: Knex): Promise<void> {
  for (const column of added) await knex.schema.raw(`alter table imports drop column ${column}`);
}
