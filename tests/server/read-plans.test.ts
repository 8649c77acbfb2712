import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../server/db/bulk.ts';
import { toInstant } from '../../server/db/time.ts';
import type { BillingRun } from '../../server/models/billing-run.ts';
import { pageOfMails } from '../../server/modules/mails/mails.queries.ts';
import { newestOpenings } from '../../server/modules/overview/openings.queries.ts';
import { buildingsOf, channelsOf, registrationsOf } from '../../server/modules/overview/pictures.queries.ts';
import { tasksOf } from '../../server/modules/overview/tasks.queries.ts';
import { pageOfPayerEvents } from '../../server/modules/payers/payer-events.queries.ts';
import { pageOfPayerMails } from '../../server/modules/payers/payer-mails.queries.ts';
import { pageOfPayers, slipsOf } from '../../server/modules/payers/payers.queries.ts';
import { recipientsOf } from '../../server/modules/runs/run-recipients.queries.ts';
import { pageOfRunSlips } from '../../server/modules/runs/run-slips.queries.ts';
import { createPayers } from '../bench/payers/data.ts';
import { completeRuns } from '../bench/runs/data.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const tables = [
  ...['payers', 'payer_accounts', 'payer_units', 'accounts', 'buildings', 'units', 'slips', 'slip_units'],
  ...['billing_runs', 'run_buildings', 'run_openings', 'slip_passwords', 'slip_password_batches', 'mails'],
  ...['audit_entries', 'imports', 'e_invoice_requests'],
];
const payers = 600;
const now = toInstant(new Date());

let server: TestServer;
let managerId: string;
let buildingId: string;
let payerId: string;
let run: BillingRun;

beforeAll(async () => {
  server = await startTestServer();
  // Of another manager, so that a plan that reads a whole table reads more than what it needs.
  await createPayers(server.db, payers);
  ({ managerId, buildingId } = await createPayers(server.db, payers));
  run = await completeRuns(server.db, managerId, payers);
  const first: { id: string }[] = await server.db('payers').where({ manager_id: managerId }).limit(1).select('id');
  payerId = first[0]!.id;
});

afterAll(() => server.close());

/** What the database knows of its tables: how many rows they have, and how many different keys. */
async function pretend(rows: number, keys: number): Promise<void> {
  const ours = `database_name = database() and table_name in (${tables.map(() => '?').join(', ')})`;
  for (const table of tables) {
    await server.db.raw(`alter table ${table} stats_auto_recalc = 0`);
    await server.db.raw(`analyze table ${table}`);
  }
  await server.db.raw(`update mysql.innodb_table_stats set n_rows = ?, clustered_index_size = 1 where ${ours}`, [
    rows,
    ...tables,
  ]);
  await server.db.raw(`update mysql.innodb_index_stats set stat_value = ? where ${ours} and stat_name like 'n_diff%'`, [
    keys,
    ...tables,
  ]);
  await server.db.raw(`flush tables ${tables.join(', ')}`);
}

async function rowsRead(trx: Knex): Promise<number> {
  const status = rowsOf<{ Value: string }>(await trx.raw(`show session status like 'Handler_read%'`));
  return status.reduce((sum, { Value: value }) => sum + Number(value), 0);
}

/** How many rows were read for an answer: all on one connection, whose reads are counted. */
const readFor = (ask: (db: Knex) => Promise<unknown>): Promise<number> =>
  server.db.transaction(async (trx) => {
    const before = await rowsRead(trx);
    await ask(trx);
    return (await rowsRead(trx)) - before;
  });

const page = { limit: 50 };
const list =
  (filter: object, isThere = false) =>
  async (db: Knex) => {
    const there = isThere ? { buildingId } : {};
    const { items } = await pageOfPayers(db, { ...page, managerId, ...filter, ...there }, now);
    return slipsOf(db, managerId, items.map(({ id }) => id)); // prettier-ignore
  };
const slips =
  (filter: object, isThere = false) =>
  (db: Knex) =>
    pageOfRunSlips(db, run, { ...page, ...filter, ...(isThere ? { buildingId } : {}) });

/** For each: how many rows it may read, in those of the manager's payers. */
const questions: Record<string, readonly [most: number, ask: (db: Knex) => Promise<unknown>]> = {
  "a run's slips": [1, slips({})],
  "a run's slips, searched": [4, slips({ search: 'ana' })],
  "a run's slips of a building": [6, slips({}, true)],
  "a run's slips of a channel": [4, slips({ channel: 'bank' })],
  "a run's slips not opened": [3, slips({ opened: 'false' })],
  "how a run's slips get to their payers": [6, (db) => recipientsOf(db, run)],
  payers: [4, list({})],
  'payers, searched': [4, list({ search: 'ana' })],
  'payers of a building': [6, list({}, true)],
  'payers of a channel': [4, list({ channel: 'bank' })],
  'payers without an account': [9, list({ hasAccount: 'false' })],
  'payers with a good slip password': [8, list({ access: 'issued' })],
  'payers with an unconfirmed address': [4, list({ emailUnconfirmed: 'true' })],
  registrations: [3, (db) => registrationsOf(db, managerId, new Date())],
  'buildings by share': [5, (db) => buildingsOf(db, managerId)],
  'channels by share': [2, (db) => channelsOf(db, managerId)],
  openings: [1, (db) => newestOpenings(db, managerId, new Date())],
  tasks: [1, (db) => tasksOf(db, managerId, new Date())],
  mails: [1, (db) => pageOfMails(db, managerId, page)],
  "a payer's mails": [1, (db) => pageOfPayerMails(db, { managerId, payerId }, 'kdo@example.si', page)],
  "a payer's events": [1, (db) => pageOfPayerEvents(db, { managerId, payerId }, page)],
};

/**
 * Where its tables seem to be empty, MySQL goes through a whole index rather than to a place in it, in each of up to
 * two dozen statements. To do so for each row of another table would be hundreds of times as much.
 */
const whole = 24;

// The embedded database keeps no statistics.
describe.skipIf(process.env['TEST_DATABASE'] === 'sqlite').each([
  ['of empty tables', 0, 0, whole],
  ['of one row in each', 1, 1, whole],
  ['of many rows of one manager', 5_000, 1, 1],
  ['of a few managers', 5_000, 20, 1],
])('statistics %s do not make a list read more than it needs', (_, rows, keys, times) => {
  beforeAll(() => pretend(rows, keys));

  it.each(Object.entries(questions))('%s', async (_name, [most, ask]) => {
    expect(await readFor(ask)).toBeLessThan(most * payers * times);
  });
});
