import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

const added = ['preview', 'preview_version', 'is_staged'] as const;

/**
 * What an import that waits for its confirmation would change, and the `billing_version` of its manager that this was
 * counted against. `is_staged` until nothing of the import is left in the staging tables.
 */
export const up = (knex: Knex) =>
  alterTable(knex, 'imports', (table, { longText }) => {
    longText('preview');
    table.integer('preview_version');
    table.boolean('is_staged').notNullable().defaultTo(false);
  });

export async function down(knex: Knex): Promise<void> {
  for (const column of added) await knex.schema.raw(`alter table imports drop column ${column}`);
}
