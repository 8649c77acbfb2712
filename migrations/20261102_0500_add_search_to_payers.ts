import type { Knex } from 'knex';

/**
 * Code, name, street and e-mail in lower case and without marks above letters, written with the payer: so that both
 * databases find čehovin for cehovin in the same way.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payers', (table) => {
    table.string('search', 1000).notNullable().defaultTo('');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payers', (table) => {
    table.dropColumn('search');
  });
}
