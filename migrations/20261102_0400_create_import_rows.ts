import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The items of a billing file under check, kept together by slip: the statements that write them go slip by slip. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_rows', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('number', 50).notNullable();
    table.integer('row_no').notNullable();
    exact('building', 200).notNullable();
    exact('unit', 100).notNullable();
    exact('description', 200).notNullable();
    exact('supplier', 200);
    table.bigInteger('building_total_cents');
    exact('allocation_key', 100);
    ascii('quantity', 20);
    exact('measure', 20);
    ascii('price', 20);
    table.bigInteger('base_cents');
    ascii('vat_rate', 20);
    table.bigInteger('vat_cents');
    table.bigInteger('amount_cents').notNullable();
    ascii('iban', 34).notNullable();
    ascii('reference', 40).notNullable();
    ascii('purpose_code', 4);
    exact('purpose', 100);
    table.primary(['manager_id', 'import_id', 'number', 'row_no'], 'import_rows_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_rows');
