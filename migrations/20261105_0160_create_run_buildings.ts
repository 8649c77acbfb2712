import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The buildings of a run: how many of its slips have items there, and what these come to. */
export async function up(knex: Knex): Promise<void> {
  await createTable(knex, 'run_buildings', (table, { id }) => {
    id('manager_id').notNullable();
    id('run_id').notNullable();
    id('building_id').notNullable();
    table.integer('slips').notNullable();
    table.bigInteger('total_cents').notNullable();
    table.primary(['manager_id', 'run_id', 'building_id'], 'run_buildings_pk');
    table.index(['manager_id', 'building_id'], 'run_buildings_building_ix');
    table
      .foreign(['manager_id', 'run_id'], 'run_buildings_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('CASCADE');
    table
      .foreign(['manager_id', 'building_id'], 'run_buildings_building_fk')
      .references(['manager_id', 'id'])
      .inTable('buildings')
      .onDelete('CASCADE');
  });
  await knex.raw(
    `insert into run_buildings (manager_id, run_id, building_id, slips, total_cents)
     select s.manager_id, s.run_id, u.building_id, count(distinct s.id), sum(i.amount_cents)
     from slips s join slip_items i on i.manager_id = s.manager_id and i.slip_id = s.id
     join units u on u.manager_id = i.manager_id and u.id = i.unit_id
     group by s.manager_id, s.run_id, u.building_id`,
  );
}

export const down = (knex: Knex) => knex.schema.dropTable('run_buildings');
