import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

const isMysql = (knex: Knex): boolean => (knex.client as Knex.Client).config.client === 'mysql2';

/** A column whose mails go with the row that it names. SQLite takes the key with the column alone, MySQL only beside it. */
async function addOwner(knex: Knex, owner: 'manager' | 'account'): Promise<void> {
  const column = `alter table mails add column ${owner}_id char(32)`;
  const constraint = `constraint mails_${owner}_fk`;
  const references = `references ${owner}s (id) on delete cascade`;
  await knex.schema.raw(
    isMysql(knex)
      ? `${column} character set ascii collate ascii_bin, add ${constraint} foreign key (${owner}_id) ${references}`
      : `${column} ${constraint} ${references}`,
  );
}

async function addColumns(knex: Knex): Promise<void> {
  await addOwner(knex, 'manager');
  await addOwner(knex, 'account');
  await alterTable(knex, 'mails', (_, { ascii, exact, instant }) => {
    // What is there already are welcome mails: nothing else was sent before.
    ascii('kind', 30).notNullable().defaultTo('welcome');
    ascii('language', 2).notNullable().defaultTo('sl');
    exact('reply_to', 254);
    ascii('state', 10).notNullable().defaultTo('waiting');
    instant('retried_at');
  });
  await knex('mails').whereNotNull('sent_at').update({ state: 'sent', text: '', html: null });
  await knex('mails').whereNotNull('failed_at').update({ state: 'failed' });
}

/**
 * Whose a mail is: the office sees its manager's, and an account's go with it. The state is a column of its own, so
 * that one index finds the few that wait or failed among the many that were sent. Texts of sent mails are erased.
 */
export async function up(knex: Knex): Promise<void> {
  await addColumns(knex);
  await knex.schema.alterTable('mails', (table) => {
    table.index(['state', 'next_try_at'], 'mails_state_due_ix');
    table.index(['state', 'created_at'], 'mails_state_created_ix');
    table.index(['manager_id', 'created_at', 'id'], 'mails_manager_ix');
    table.index(['manager_id', 'state', 'created_at', 'id'], 'mails_manager_state_ix');
    table.index(['account_id'], 'mails_account_ix');
    table.dropIndex([], 'mails_due_ix');
  });
}

const indexes = ['state_due', 'state_created', 'manager', 'manager_state', 'account'];
const columns = ['kind', 'language', 'reply_to', 'state', 'retried_at', 'manager_id', 'account_id'];

export async function down(knex: Knex): Promise<void> {
  if (isMysql(knex)) {
    await knex.schema.raw('alter table mails drop foreign key mails_manager_fk');
    await knex.schema.raw('alter table mails drop foreign key mails_account_fk');
  }
  await knex.schema.alterTable('mails', (table) => {
    table.index(['sent_at', 'failed_at', 'next_try_at'], 'mails_due_ix');
    for (const index of indexes) table.dropIndex([], `mails_${index}_ix`);
  });
  for (const column of columns) await knex.schema.raw(`alter table mails drop column ${column}`);
}
