import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'mails', (table, { id, ascii, exact, instant, longText }) => {
    id('id').notNullable().primary('mails_pk');
    exact('to_address', 254).notNullable();
    table.string('subject', 200).notNullable();
    longText('text').notNullable();
    longText('html');
    ascii('message_id', 200).notNullable();
    instant('created_at').notNullable();
    instant('next_try_at').notNullable();
    table.integer('tries').notNullable().defaultTo(0);
    instant('sent_at');
    instant('failed_at');
    table.string('last_error', 500);
    table.unique(['message_id'], { indexName: 'mails_message_uq' });
    table.index(['sent_at', 'failed_at', 'next_try_at'], 'mails_due_ix');
  });

export const down = (knex: Knex) => knex.schema.dropTable('mails');
