/**
 * The list of payers of the office, from its first page to searches and filters, against loading the whole list, from the
 * same server and in turn: `npm run bench`, with BENCH_LIST for another number of payers than a hundred thousand. An
 * answer may take a tenth of the whole list at the most, and 20 kB.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { PayerFilter } from '../../contract/payers.ts';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { rowsOf } from '../../server/db/bulk.ts';
import { isMysql } from '../../server/db/connect.ts';
import { planOf } from '../../server/db/plan.ts';
import { toInstant } from '../../server/db/time.ts';
import { accessSql } from '../../server/modules/payers/payer-access.ts';
import {
  presentPayer,
  type PayerRow,
  type PayerSlips,
  type PayerUnit,
} from '../../server/modules/payers/payers.presenter.ts';
import { pageOfPayers, slipsOf } from '../../server/modules/payers/payers.queries.ts';
import type { Services } from '../../server/services.ts';
import { createPayers } from './payers/data.ts';
import { median } from './statistics.ts';

const payers = Number(process.env['BENCH_LIST'] ?? 100_000);
const rounds = 5;
const largest = 20_000;

interface Bench {
  readonly services: Services;
  readonly managerId: string;
}

type LastSlip = PayerSlips['lastSlip'] extends ReadonlyMap<string, infer Slip> ? Slip : never;

type Asked = PayerFilter & { readonly cursor?: string };

/** What the handler of the list does, to the last byte of its answer. */
async function page({ services: { db }, managerId }: Bench, asked: Asked): Promise<string> {
  const found = await pageOfPayers(db, { ...asked, managerId, limit: 50 }, toInstant(new Date()));
  const slips = await slipsOf(db, managerId, found.items.map(({ id }) => id)); // prettier-ignore
  return JSON.stringify({ ...found, items: found.items.map((row) => presentPayer(row, slips)) });
}

/**
 * The same for all payers at once, as a list without pages would be read: each part by one statement for all of them,
 * with every table by the index that serves it best. Lists of ids, some hundred at a time, take longer.
 */
async function wholeList({ services: { db }, managerId }: Bench): Promise<string> {
  const { inOrder, byKey } = planOf(db);
  const byPayer = isMysql(db) ? 'force index (slips_payer_ix)' : '';
  const payersSql = `select p.id, p.code, p.name, p.street, p.town, p.email, p.channel, p.tax_number as taxNumber,
    ${accessSql(db).replaceAll(':now', '?')} as access from payers p where p.manager_id = ? order by p.code`;
  const now = toInstant(new Date());
  const rows = rowsOf<PayerRow>(await db.raw(payersSql, [now, managerId]));
  const unitsSql = `select ${inOrder} x.payer_id as payerId, b.name as building, u.name as unit, u.kind
    from payer_units x join units u ${byKey} on u.manager_id = x.manager_id and u.id = x.unit_id
      join buildings b ${byKey} on b.manager_id = x.manager_id and b.id = x.building_id where x.manager_id = ?`;
  const units = rowsOf<PayerUnit & { payerId: string }>(await db.raw(unitsSql, [managerId]));
  const lastSql = `select ${inOrder} n.payer_id as payerId, s.period, s.total_cents as totalCents
    from (select payer_id, max(period) as period from slips ${byPayer} where manager_id = ? group by payer_id) n
      join slips s ${byPayer} on s.manager_id = ? and s.payer_id = n.payer_id and s.period = n.period`;
  const last = rowsOf<LastSlip & { payerId: string }>(await db.raw(lastSql, [managerId, managerId]));
  const slips = {
    units: Map.groupBy(units, ({ payerId }) => payerId),
    lastSlip: new Map(last.map(({ payerId, period, totalCents }) => [payerId, { period, totalCents }])),
  };
  return JSON.stringify({ items: rows.map((row) => presentPayer(row, slips)), total: rows.length });
}

async function timed(work: () => Promise<string>): Promise<{ ms: number; bytes: number }> {
  const start = performance.now();
  const text = await work();
  return { ms: performance.now() - start, bytes: Buffer.byteLength(text) };
}

async function questionsOf(bench: Bench, buildingId: string): Promise<Record<string, Asked>> {
  const first = JSON.parse(await page(bench, {})) as { nextCursor: string };
  return {
    'first page': {},
    'next page': { cursor: first.nextCursor },
    'search: one': { search: 'ščuka 1077777' },
    'search: a unit': { search: 'Šmartinska 152 14' },
    'search: many': { search: 'ana' },
    'search: nobody': { search: 'nikogar' },
    building: { buildingId },
    channel: { channel: 'bank' },
    'with account': { hasAccount: 'true' },
    'without account': { hasAccount: 'false' },
    'access: issued': { access: 'issued' },
    'access: expired': { access: 'expired' },
    'access: none': { access: 'none' },
    'unconfirmed e-mail': { emailUnconfirmed: 'true' },
    'all together': { search: 'ana', hasAccount: 'true', channel: 'email', emailUnconfirmed: 'true', buildingId },
  };
}

async function compare(name: string, bench: Bench, buildingId: string): Promise<void> {
  const whole: number[] = [];
  const pages = new Map<string, { ms: number[]; bytes: number }>();
  const questions = Object.entries(await questionsOf(bench, buildingId));
  for (let round = 0; round < rounds; round += 1) {
    whole.push((await timed(() => wholeList(bench))).ms);
    for (const [question, asked] of questions) {
      const { ms, bytes } = await timed(() => page(bench, asked));
      const known = pages.get(question) ?? { ms: [], bytes };
      pages.set(question, { ms: [...known.ms, ms], bytes });
    }
  }
  console.log(`${name}: ${payers} payers, the whole list ${median(whole).toFixed(0)} ms`);
  for (const [question, { ms, bytes }] of pages) {
    const ratio = median(ms) / median(whole);
    const fault = ratio > 0.1 || bytes > largest ? '  TOO MUCH' : '';
    console.log(
      `  ${question}: ${median(ms).toFixed(0)} ms, ratio ${ratio.toFixed(3)}, ${(bytes / 1000).toFixed(1)} kB${fault}`,
    );
    if (fault) process.exitCode = 1;
  }
}

async function measure(name: string, url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: url.replace('{folder}', folder), LOG_LEVEL: 'error' });
  const services = createServices(config);
  try {
    await services.db.migrate.latest();
    const { managerId, buildingId } = await createPayers(services.db, payers);
    await compare(name, { services, managerId }, buildingId);
  } finally {
    await closeServices(services);
    await rm(folder, { recursive: true, force: true });
  }
}

await measure('SQLite', 'sqlite:{folder}/bench.db');
const server = await startMariaDb();
try {
  const connection = await createConnection(server.url);
  await connection.query('create database bench character set utf8mb4 collate utf8mb4_slovenian_ci');
  await connection.end();
  await measure('MariaDB', `${server.url}/bench`);
} finally {
  await server.stop();
}
