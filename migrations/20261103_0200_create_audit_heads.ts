import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'audit_heads', (table, { ascii }) => {
    ascii('chain', 32).notNullable().primary('audit_heads_pk');
    table.integer('seq').notNullable();
    ascii('seal', 64).notNullable();
  });

export const down = (knex: Knex) => knex.schema.dropTable('audit_heads');
