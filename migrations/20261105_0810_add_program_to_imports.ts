import type { Knex } from 'knex';

/** The name of the key by which a program sent the file, as it was then; such an import was created by no person. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('imports', (table) => {
    table.string('program', 60);
  });
}

export async function down(knex: Knex): Promise<void> {
  // Knex would make the table anew on SQLite, for which those that refer to it had to go.
  await knex.schema.raw('alter table imports drop column program');
}
