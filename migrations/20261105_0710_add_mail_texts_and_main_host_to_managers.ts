import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

const columns = ['mail_welcome_text', 'mail_slip_text', 'mail_signature', 'main_host'];

/** The manager's own words in mails, and the host name that mails and letters give; null: none, the first one. */
export const up = (knex: Knex) =>
  alterTable(knex, 'managers', (table, { ascii }) => {
    table.string('mail_welcome_text', 500);
    table.string('mail_slip_text', 500);
    table.string('mail_signature', 200);
    ascii('main_host', 253);
  });

export async function down(knex: Knex): Promise<void> {
  for (const column of columns) await knex.schema.raw(`alter table managers drop column ${column}`);
}
