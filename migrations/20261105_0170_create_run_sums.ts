import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** What the items of a run come to, by building and description: the next month is compared with it. */
export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'run_sums', (table, { id, exact }) => {
    id('manager_id').notNullable();
    id('run_id').notNullable();
    id('building_id').notNullable();
    exact('description', 200).notNullable();
    table.integer('items').notNullable();
    table.bigInteger('cents').notNullable();
    table.primary(['manager_id', 'run_id', 'building_id', 'description'], 'run_sums_pk');
    table.index(['manager_id', 'building_id'], 'run_sums_building_ix');
    table
      .foreign(['manager_id', 'run_id'], 'run_sums_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('CASCADE');
    table
      .foreign(['manager_id', 'building_id'], 'run_sums_building_fk')
      .references(['manager_id', 'id'])
      .inTable('buildings')
      .onDelete('CASCADE');
  });
  await knex.raw(
    `insert into run_sums (manager_id, run_id, building_id, description, items, cents)
     select s.manager_id, s.run_id, u.building_id, min(i.description), count(*), sum(i.amount_cents)
     from slips s join slip_items i on i.manager_id = s.manager_id and i.slip_id = s.id
     join units u on u.manager_id = i.manager_id and u.id = i.unit_id
     group by s.manager_id, s.run_id, u.building_id, i.description`,
  );
}

export const down = (knex: Knex) => knex.schema.dropTable('run_sums');
