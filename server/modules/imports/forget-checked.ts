import type { Knex } from 'knex';
import { days, later, toInstant } from '../../db/time.ts';

const checkedDays = 7;

/** What was checked and nobody has confirmed for a week is thrown away; its rows are cleared by the next sweep. */
export async function forgetChecked(db: Knex, now: Date): Promise<void> {
  await db('imports')
    .where({ state: 'checked' })
    .where('heartbeat_at', '<', toInstant(later(now, -checkedDays * days)))
    .update({ state: 'discarded', finished_at: toInstant(now) });
}
