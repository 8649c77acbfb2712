import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** The payer's own account, where the bank shows e-invoices. */
export const up = (knex: Knex) => alterTable(knex, 'payers', (_, { ascii }) => void ascii('e_invoice_iban', 34));

export async function down(knex: Knex): Promise<void> {
  // Knex would make the table anew on SQLite, to which nearly all others refer.
  await knex.schema.raw('alter table payers drop column e_invoice_iban');
}
