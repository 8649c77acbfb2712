import type { Knex } from 'knex';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { getRunRecipients } from '../../../contract/runs.ts';
import type { Channel } from '../../../contract/slips.ts';
import { breathe } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import type { BillingRun } from '../../models/billing-run.ts';

interface ChannelCount {
  readonly channel: Channel;
  readonly slips: number;
  readonly withAccount: number;
  /** The last number among them. */
  readonly last: string;
}

/** The next slips of the run by number, by the channel of their payers: from the index, and each payer by its key. */
async function countSome(
  db: Knex,
  { managerId, id }: BillingRun,
  after: string,
  atOnce: number,
): Promise<ChannelCount[]> {
  const { inOrder, byKey, by } = planOf(db);
  const sql = `
    select ${inOrder} p.channel, count(*) as slips, count(a.payer_id) as withAccount, max(s.number) as last
    from (select manager_id, payer_id, number from slips ${by('slips_run_number_ix')}
        where manager_id = ? and run_id = ? and number > ? order by number limit ?) s
      join payers p ${byKey} on p.manager_id = s.manager_id and p.id = s.payer_id
      left join payer_accounts a ${byKey} on a.manager_id = s.manager_id and a.payer_id = s.payer_id
    group by p.channel`;
  return selectRows<ChannelCount>(db, sql, [managerId, id, after, atOnce]);
}

/** As both databases sort numbers: by their bytes. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * How the slips of a run get to their payers, and how many of these have no account. Counted, some slips at a time:
 * payers change their channel, register and leave all the time, and each has slips in many runs.
 */
export async function recipientsOf(
  db: Knex,
  run: BillingRun,
  // The embedded database keeps the event loop for as long as a statement takes.
  atOnce = isMysql(db) ? 20_000 : 2_000,
): Promise<ResponseOf<typeof getRunRecipients>> {
  const slips = new Map<Channel, number>();
  let withoutAccount = 0;
  for (let after = ''; ; await breathe()) {
    const counted = await countSome(db, run, after, atOnce);
    for (const { channel, ...more } of counted) {
      slips.set(channel, (slips.get(channel) ?? 0) + more.slips);
      withoutAccount += more.slips - more.withAccount;
    }
    const last = counted.map((count) => count.last).sort(byBytes).at(-1); // prettier-ignore
    if (last === undefined) break;
    after = last;
  }
  return { channels: [...slips].map(([channel, count]) => ({ channel, slips: count })), withoutAccount };
}
