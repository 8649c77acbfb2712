import type { Knex } from 'knex';

const ours = 'from slips s where s.manager_id = billing_runs.manager_id and s.run_id = billing_runs.id';

/** How many slips a run has and what they come to, so that lists need not count them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('billing_runs', (table) => {
    table.integer('slips').notNullable().defaultTo(0);
    table.bigInteger('total_cents').notNullable().defaultTo(0);
  });
  await knex.raw(
    `update billing_runs set slips = (select count(*) ${ours}), total_cents = (select coalesce(sum(s.total_cents), 0) ${ours})`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('alter table billing_runs drop column slips');
  await knex.schema.raw('alter table billing_runs drop column total_cents');
}
