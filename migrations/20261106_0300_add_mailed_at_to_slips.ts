import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/** When a slip left as the PDF of a mail: the mails themselves are forgotten after some months. */
export async function up(knex: Knex): Promise<void> {
  await alterTable(knex, 'slips', (_, { instant }) => void instant('mailed_at'));
  await knex.raw(`
    update slips set mailed_at = (
      select min(m.sent_at) from mails m
      where m.manager_id = slips.manager_id and m.slip_id = slips.id and m.kind = 'slip-pdf' and m.state = 'sent')
    where (manager_id, id) in (select manager_id, slip_id from mails where kind = 'slip-pdf' and state = 'sent')`);
}

export const down = (knex: Knex) => knex.schema.raw('alter table slips drop column mailed_at');
