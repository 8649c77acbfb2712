import type { Knex } from 'knex';
import { z } from 'zod';
import type { RunSlip, RunSlipFilter } from '../../../contract/runs.ts';
import type { Channel } from '../../../contract/slips.ts';
import { rowsOf } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { planOf } from '../../db/plan.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { RunBuilding } from '../../models/run-building.ts';
import { Unit } from '../../models/unit.ts';
import { wordsLike } from '../payers/search-text.ts';
import { openedOf } from './runs.queries.ts';

/** As the database has it: the moment in its own form. */
export type RunSlipRow = RunSlip;

/** A condition with what it binds. */
interface Condition {
  readonly sql: string;
  readonly bindings: readonly string[];
}

/** Up to so many are counted by finding them, as most searches have few hits or none and would look at all slips twice. */
const few = 1_000;

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** Each word must be found, in the number or in what is searched of the payer. */
const foundBy = (word: string): Condition => ({
  sql: `(lower(s.number) like ? escape '!' or p.search like ? escape '!')`,
  bindings: [word, word],
});

function conditionsOf({ search = '', opened, channel }: RunSlipFilter): Condition[] {
  const conditions = wordsLike(search).map(foundBy);
  if (opened !== undefined) {
    conditions.push({ sql: `s.first_opened_at is ${opened === 'true' ? 'not null' : 'null'}`, bindings: [] });
  }
  if (channel !== undefined) conditions.push({ sql: 'p.channel = ?', bindings: [channel] });
  return conditions;
}

/** All slips of the run, from the index that has them by number. */
const allSlips = (db: Knex): Condition => ({
  sql: `from slips s ${planOf(db).by('slips_run_number_ix')}`,
  bindings: [],
});

/** The same, those with an item of these units: its first is nearly always of the building that is asked for, or of none there. */
function withItemsOf(db: Knex, unitIds: readonly string[]): Condition {
  const { byKey } = planOf(db);
  const items = `select 1 from slip_units x ${byKey} where x.manager_id = s.manager_id and x.slip_id = s.id`;
  // The plus keeps SQLite from going through all items of each unit, for each slip anew.
  const unit = isMysql(db) ? 'x.unit_id' : '+x.unit_id';
  return { sql: `exists (${items} and ${unit} in (${marks(unitIds)}))`, bindings: unitIds };
}

/** The slips with an item of these units, of all runs: few, where the building is one of many. */
function slipsOf(db: Knex, managerId: string, unitIds: readonly string[]): Condition {
  const { inOrder, join, byKey, onlyBy } = planOf(db);
  return {
    sql: `from (select ${inOrder} distinct x.manager_id, x.slip_id from slip_units x ${onlyBy('slip_units_unit_ix')}
        where x.manager_id = ? and x.unit_id in (${marks(unitIds)})) u
      ${join} slips s ${byKey} on s.manager_id = u.manager_id and s.id = u.slip_id`,
    bindings: [managerId, ...unitIds],
  };
}

/** Where the slips come from, and what they must fulfil besides. */
interface Source {
  readonly from: Condition;
  readonly conditions: readonly Condition[];
}

/** A building with at least so large a share of the run's slips is found soonest by looking at all of them. */
const largeShare = 0.1;

/** The slips of one building; undefined when the run has none there. */
async function ofBuilding(db: Knex, run: BillingRun, id: string): Promise<Source | undefined> {
  const there = await RunBuilding.query(db).findById([run.managerId, run.id, id]);
  const units = await Unit.query(db).where({ manager_id: run.managerId, building_id: id }).select('id');
  if (!there || units.length === 0) return undefined;
  const unitIds = units.map((unit) => unit.id);
  if (there.slips < run.slips * largeShare) return { from: slipsOf(db, run.managerId, unitIds), conditions: [] };
  return { from: allSlips(db), conditions: [withItemsOf(db, unitIds)] };
}

/** The slips of a channel's payers; undefined when these are so many that looking at all slips takes no longer. */
async function ofChannel(db: Knex, run: BillingRun, channel: Channel): Promise<Source | undefined> {
  const { join, onlyBy } = planOf(db);
  const byChannel = onlyBy('payers_channel_ix');
  const there = `select 1 from payers ${byChannel} where manager_id = ? and channel = ? limit ?`;
  const counted = `select count(*) as count from (${there}) c`;
  const [payers] = rowsOf<{ count: number }>(await db.raw(counted, [run.managerId, channel, few + 1]));
  if (!payers || payers.count > few) return undefined;
  return {
    from: {
      sql: `from (select manager_id, id from payers ${byChannel} where manager_id = ? and channel = ?) c
        ${join} slips s ${onlyBy('slips_payer_ix')} on s.manager_id = c.manager_id and s.payer_id = c.id and s.period = ?`,
      bindings: [run.managerId, channel, run.period],
    },
    conditions: [],
  };
}

async function sourceOf(
  db: Knex,
  run: BillingRun,
  { buildingId, channel }: RunSlipFilter,
): Promise<Source | undefined> {
  if (buildingId !== undefined) return ofBuilding(db, run, buildingId);
  const ofIt = channel === undefined ? undefined : await ofChannel(db, run, channel);
  return ofIt ?? { from: allSlips(db), conditions: [] };
}

/** The slips of the run that fit; payers are looked at where a condition does. */
function selected(db: Knex, run: BillingRun, { from, conditions }: Source): Condition {
  const { byKey } = planOf(db);
  const both = conditions.map(({ sql }) => ` and ${sql}`).join('');
  const payers = both.includes('p.')
    ? `join payers p ${byKey} on p.manager_id = s.manager_id and p.id = s.payer_id`
    : '';
  return {
    sql: `${from.sql} ${payers} where s.manager_id = ? and s.run_id = ?${both}`,
    bindings: [...from.bindings, run.managerId, run.id, ...conditions.flatMap(({ bindings }) => bindings)],
  };
}

/** What is known without counting: of all, of the opened or the others, of a building. */
async function knownTotal(db: Knex, run: BillingRun, filter: RunSlipFilter): Promise<number | null> {
  const { buildingId, opened, channel } = filter;
  const search = wordsLike(filter.search ?? '');
  if (search.length > 0 || channel !== undefined || (buildingId !== undefined && opened !== undefined)) return null;
  if (buildingId !== undefined) {
    const known = await RunBuilding.query(db).findById([run.managerId, run.id, buildingId]);
    return known?.slips ?? 0;
  }
  if (opened === undefined) return run.slips;
  const openedSlips = (await openedOf(db, run.managerId, [run.id])).get(run.id) ?? 0;
  return opened === 'true' ? openedSlips : run.slips - openedSlips;
}

async function countSlips(db: Knex, { sql, bindings }: Condition): Promise<number> {
  const { inOrder } = planOf(db);
  const [row] = rowsOf<{ total: number }>(await db.raw(`select ${inOrder} count(*) as total ${sql}`, [...bindings]));
  return row?.total ?? 0;
}

interface Listed {
  readonly id: string;
  readonly number: string;
}

/** The first slips that fit, by number, from the index: so many at the most. */
async function firstOf(db: Knex, { sql, bindings }: Condition, most: number): Promise<Listed[]> {
  const { inOrder } = planOf(db);
  const page = `select ${inOrder} s.id, s.number ${sql} order by s.number limit ?`;
  return rowsOf<Listed>(await db.raw(page, [...bindings, most]));
}

const shown = `s.id, s.number, s.payer_id as payerId, p.code as payerCode, p.name as payerName, p.channel,
  s.due_date as dueDate, s.total_cents as totalCents, s.first_opened_at as firstOpenedAt`;

/**
 * What is shown of the slips of a page, in its order: the rows themselves are read for these alone. Sorted here, for a
 * database that can read slips in this order may go through all of them to find these.
 */
async function shownSlips(db: Knex, managerId: string, page: readonly Listed[]): Promise<RunSlipRow[]> {
  if (page.length === 0) return [];
  const { inOrder, byKey } = planOf(db);
  const sql = `select ${inOrder} ${shown}
    from slips s ${byKey} join payers p ${byKey} on p.manager_id = s.manager_id and p.id = s.payer_id
    where s.manager_id = ? and s.id in (${marks(page)})`;
  const rows = rowsOf<RunSlipRow>(await db.raw(sql, [managerId, ...page.map(({ id }) => id)]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap(({ id }) => byId.get(id) ?? []);
}

/** The last number of the page, and how many there are on all pages: counted for the first page alone. */
const pageKey = z.tuple([z.string().max(50), z.string().regex(/^\d{1,9}$/)]);

type Paged = RunSlipFilter & { readonly cursor?: string | undefined; readonly limit: number };

/** A page of a run's slips by number, and how many there are on all pages. */
export async function pageOfRunSlips(db: Knex, run: BillingRun, { cursor, limit, ...filter }: Paged) {
  const source = await sourceOf(db, run, filter);
  if (!source) return { items: [], nextCursor: null, total: 0 };
  const all = { ...source, conditions: [...source.conditions, ...conditionsOf(filter)] };
  const [after, counted] = cursor === undefined ? [null, null] : decodeCursor(cursor, pageKey);
  const rest = after === null ? [] : [{ sql: 's.number > ?', bindings: [after] }];
  const known = counted === null ? await knownTotal(db, run, filter) : Number(counted);
  const most = known === null ? Math.max(few, limit) : limit;
  const found = await firstOf(db, selected(db, run, { ...all, conditions: [...all.conditions, ...rest] }), most + 1);
  const total = known ?? (found.length <= most ? found.length : await countSlips(db, selected(db, run, all)));
  const { items, nextCursor } = cutPage(found, limit, ({ number }) => [number, String(total)]);
  return { items: await shownSlips(db, run.managerId, items), nextCursor, total };
}
