import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { RunBuilding } from '../../models/run-building.ts';
import { RunOpening } from '../../models/run-opening.ts';

/** A run that is being written is not there yet. */
export const shownStates: readonly BillingRun['state'][] = ['draft', 'published'];

/** @throws not_found: also for another manager's */
export async function findRun(db: Knex, managerIds: readonly string[], id: string): Promise<BillingRun> {
  const run = await BillingRun.query(db)
    .whereIn('manager_id', managerIds)
    .whereIn('state', shownStates)
    .findOne({ id });
  if (!run) throw new ApiError('not_found');
  return run;
}

/** A run with what its slips come to, from what is kept with it: nothing is counted. */
export interface RunView {
  readonly run: BillingRun;
  readonly publishedBy: string | null;
  readonly openedSlips: number;
  readonly ofPeriod: { readonly slips: number; readonly publishedSlips: number };
}

/** How many slips of each of these runs were opened. */
export async function openedOf(
  db: Knex,
  managerId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await RunOpening.query(db)
    .where('manager_id', managerId)
    .whereIn('run_id', runIds)
    .groupBy('run_id')
    .select('run_id')
    .sum('slips as slips');
  return new Map(rows.map(({ runId, slips }) => [runId, slips]));
}

async function periodsOf(db: Knex, managerId: string, periods: readonly string[]) {
  const rows: { period: string; slips: number; publishedSlips: number }[] = await db('billing_runs')
    .where('manager_id', managerId)
    .whereIn('period', periods)
    .whereIn('state', shownStates)
    .groupBy('period')
    .select('period')
    .sum('slips as slips')
    .select(db.raw(`sum(case when state = 'published' then slips else 0 end) as publishedSlips`));
  return new Map(rows.map(({ period, slips, publishedSlips }) => [period, { slips, publishedSlips }]));
}

async function namesOf(db: Knex, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const accounts = await Account.query(db).whereIn('id', accountIds).select('id', 'first_name', 'last_name');
  return new Map(accounts.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}

/** Runs of one manager with all that is shown of them. */
export async function viewRuns(db: Knex, managerId: string, runs: readonly BillingRun[]): Promise<RunView[]> {
  if (runs.length === 0) return [];
  const [opened, periods, names] = await Promise.all([
    openedOf(db, managerId, runs.map(({ id }) => id)), // prettier-ignore
    periodsOf(db, managerId, [...new Set(runs.map(({ period }) => period))]),
    namesOf(db, runs.flatMap(({ publishedBy }) => publishedBy ?? [])), // prettier-ignore
  ]);
  return runs.map((run) => ({
    run,
    publishedBy: names.get(run.publishedBy ?? '') ?? null,
    openedSlips: opened.get(run.id) ?? 0,
    ofPeriod: periods.get(run.period) ?? { slips: run.slips, publishedSlips: 0 },
  }));
}

const pageKey = z.tuple([periodSchema, idSchema]);

/** A page of a manager's runs, the newest period first. */
export async function pageOfRuns(
  db: Knex,
  managerId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const query = BillingRun.query(db)
    .where({ manager_id: managerId })
    .whereIn('state', shownStates)
    .orderBy('period', 'desc')
    .orderBy('id', 'desc');
  if (page.cursor !== undefined) void query.whereRaw('(period, id) < (?, ?)', decodeCursor(page.cursor, pageKey));
  const rows = await query.limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, ({ period, id }) => [period, id]);
  return { items: await viewRuns(db, managerId, items), nextCursor };
}

/** How many slips of the run have something of a building on them, by the building's name. */
export async function buildingsOf(db: Knex, { managerId, id }: BillingRun) {
  const rows = await RunBuilding.query(db)
    .alias('r')
    .join('buildings as b', (on) => on.on('b.manager_id', 'r.manager_id').andOn('b.id', 'r.building_id'))
    .where({ 'r.manager_id': managerId, 'r.run_id': id })
    .orderBy('b.name')
    .select('b.id', 'b.name', 'r.slips')
    .castTo<{ id: string; name: string; slips: number }[]>();
  return rows;
}
