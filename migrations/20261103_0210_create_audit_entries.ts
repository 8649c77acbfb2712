import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** Without foreign keys: the trail outlives the accounts and managers that it tells of. */
export const up = (knex: Knex) =>
  createTable(knex, 'audit_entries', (table, { id, ascii, instant, longText }) => {
    ascii('chain', 32).notNullable();
    table.integer('seq').notNullable();
    instant('at').notNullable();
    ascii('action', 40).notNullable();
    id('actor_id');
    ascii('address', 45);
    ascii('subject_kind', 40);
    ascii('subject_id', 64);
    longText('details').notNullable();
    ascii('hash', 64).notNullable();
    table.primary(['chain', 'seq'], 'audit_entries_pk');
    // A person's own deeds, for the copy of the data that everybody may ask for.
    table.index(['actor_id', 'at'], 'audit_entries_actor_ix');
  });

export const down = (knex: Knex) => knex.schema.dropTable('audit_entries');
