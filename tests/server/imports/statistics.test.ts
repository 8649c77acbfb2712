import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../../server/db/bulk.ts';
import { toInstant } from '../../../server/db/time.ts';
import { writeImport } from '../../../server/modules/imports/staging/write-import.ts';
import { JobBoard } from '../../../server/modules/imports/thread/job-board.ts';
import { generateBillingFile } from '../../../server/sample/billing-file.ts';
import { billingFile } from '../../helpers/billing-file.ts';
import { createOffice } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

const tables = [
  ...(['import_slips', 'import_payers', 'import_units', 'import_funds', 'import_buildings', 'import_sums'] as const),
  ...([
    'slips',
    'slip_items',
    'slip_units',
    'slip_open_items',
    'payment_orders',
    'buildings',
    'units',
    'payers',
  ] as const),
  ...(['run_funds', 'run_buildings', 'run_sums', 'payer_units'] as const),
];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

/** What the database knows of its tables: that they are small, how many rows they have, and how many different keys. */
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

/** How often the connection has gone to a row so far. */
async function rowsRead(trx: Knex): Promise<number> {
  const status = rowsOf<{ Value: string }>(await trx.raw(`show session status like 'Handler_read%'`));
  return status.reduce((sum, { Value: value }) => sum + Number(value), 0);
}

/** Writes a checked file of many slips. Answers with its items and with how many rows were read for them. */
async function write(): Promise<{ items: number; read: number }> {
  const { db } = server.services;
  const { manager, check, import: bring } = await createOffice(server);
  await bring(billingFile([{}]));
  const text = [...generateBillingFile({ payers: 60, months: 3, seed: 1, until: '2026-10' })].join('');
  const { id: importId } = await check(text);
  const staged = { managerId: manager.id, importId };
  await db('imports').where({ id: importId }).update({ state: 'writing' });
  return db.transaction(async (trx) => {
    const before = await rowsRead(trx);
    // All pieces in one transaction, since the reads of one connection are counted.
    const context = { db: trx, staged, board: new JobBoard(), turn: (work: () => Promise<unknown>) => work() };
    await writeImport(context as Parameters<typeof writeImport>[0], toInstant(new Date()));
    return { items: text.split('\r\n').length - 2, read: (await rowsRead(trx)) - before };
  });
}

// The embedded database keeps no statistics.
describe.skipIf(process.env['TEST_DATABASE'] === 'sqlite')('statistics from before an import', () => {
  it.each([
    ['of empty tables', 0, 0],
    ['of one row in each', 1, 1],
    ['of many rows of one slip', 5_000, 1],
    ['of a few managers', 5_000, 20],
  ])('%s do not make the writing read more than it needs', async (_, rows, keys) => {
    await pretend(rows, keys);
    const { items, read } = await write();
    expect(read).toBeLessThan(30 * items);
  });
});
