import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'managers', (table, { id, ascii, instant }) => {
    id('id').notNullable().primary('managers_pk');
    table.string('name', 200).notNullable();
    table.string('street', 200).notNullable();
    table.string('town', 200).notNullable();
    table.string('email', 254);
    table.string('phone', 50);
    ascii('tax_number', 20);
    ascii('iban', 34).notNullable();
    table.string('reference_template', 60).notNullable();
    ascii('purpose_code', 4).notNullable();
    table.string('purpose_template', 100).notNullable();
    instant('created_at').notNullable();
  });

export const down = (knex: Knex) => knex.schema.dropTable('managers');
