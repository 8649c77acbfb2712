import type { Knex } from 'knex';
import { z } from 'zod';
import type { Payer as ContractPayer } from '../../../contract/payers.ts';
import { payerCodeSchema } from '../../../contract/schemas/payer-code.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { PayerKey } from './payer-account.queries.ts';
import { accessSql } from './payer-access.ts';
import { filtered, isEmpty, type PayerFilter } from './payer-filter.ts';
import { totalOf } from './payer-totals.ts';
import type { PayerRow, PayerSlips, PayerUnit } from './payers.presenter.ts';

interface Listed {
  readonly id: string;
  readonly code: string;
}

const byCode = (one: Listed, other: Listed): number => (one.code < other.code ? -1 : 1);

/**
 * What the office sees of payers and how they stand, by code. Sorted here: a database that can read payers in this order
 * may go through all of them to find these.
 */
export async function described(
  db: Knex,
  managerId: string,
  payerIds: readonly string[],
  now: string,
): Promise<PayerRow[]> {
  const byKey = db.raw(`payers as p ${planOf(db).byKey}`) as unknown as string;
  const rows = await db(byKey)
    .where('p.manager_id', managerId)
    .whereIn('p.id', [...payerIds])
    .select('p.id', 'p.code', 'p.name', 'p.street', 'p.town', 'p.email', 'p.channel', 'p.tax_number as taxNumber')
    .select<PayerRow[]>(db.raw(`${accessSql(db)} as access`, { now }));
  return rows.sort(byCode);
}

export const findPayer = async (
  db: Knex,
  { managerId, payerId }: PayerKey,
  now: string,
): Promise<PayerRow | undefined> => (await described(db, managerId, [payerId], now))[0];

/** In the order of the list, by the index of codes: what fits often is soon found. */
export const orderedPayers = (db: Knex, filter: PayerFilter, now: string, after: string): Knex.QueryBuilder => {
  const inOrder = db.raw(`payers as p ${planOf(db).by('payers_code_uq')}`);
  return filtered(db, filter, now, inOrder).where('p.code', '>', after).orderBy('p.code');
};

interface Wanted extends PayerFilter {
  readonly after: string;
  readonly limit: number;
}

async function cutByIndex(db: Knex, { after, limit, ...filter }: Wanted, now: string, known?: number) {
  const page = orderedPayers(db, filter, now, after);
  const rows = await page.limit(limit + 1).select<Listed[]>('p.id', 'p.code');
  if (known !== undefined) return { rows, total: known };
  const [counted]: { total: number }[] = await filtered(db, filter, now).count('* as total');
  return { rows, total: counted?.total ?? 0 };
}

/** So many are sorted here: to find few in the order of codes, a database goes to each payer on its own. */
const few = 1_000;

/** The next of those that fit and one more, and how many fit on all pages. */
async function cut(db: Knex, wanted: Wanted, now: string): Promise<{ rows: Listed[]; total: number }> {
  const { after, limit, ...filter } = wanted;
  if (isEmpty(filter)) return cutByIndex(db, wanted, now);
  const known = await totalOf(db, filter, now);
  if (known !== undefined && known > few) return cutByIndex(db, wanted, now, known);
  const found = await filtered(db, filter, now)
    .limit(few + 1)
    .select<Listed[]>('p.id', 'p.code');
  if (found.length > few) return cutByIndex(db, wanted, now);
  const left = found.filter(({ code }) => code > after).sort(byCode);
  return { rows: left.slice(0, limit + 1), total: found.length };
}

const pageKey = z.tuple([payerCodeSchema]);

/** A page of payers by code, and how many there are on all pages. */
export async function pageOfPayers(
  db: Knex,
  { cursor, limit, ...filter }: PayerFilter & { readonly cursor?: string | undefined; readonly limit: number },
  now: string,
) {
  const after = cursor === undefined ? '' : decodeCursor(cursor, pageKey)[0];
  const { rows, total } = await cut(db, { ...filter, after, limit }, now);
  const { items, nextCursor } = cutPage(rows, limit, ({ code }) => [code]);
  return { items: await described(db, filter.managerId, items.map(({ id }) => id), now), nextCursor, total }; // prettier-ignore
}

interface UnitRow extends PayerUnit {
  readonly payerId: string;
}

/** The units on the slips of each payer's newest period. Also of drafts: the office may know them before the resident. */
async function unitsOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<Map<string, PayerUnit[]>> {
  if (payerIds.length === 0) return new Map();
  const { inOrder, byKey } = planOf(db);
  const rows = await selectRows<UnitRow>(
    db,
    `select ${inOrder} x.payer_id as payerId, b.name as building, u.name as unit, u.kind
     from payer_units x ${byKey}
       join units u ${byKey} on u.manager_id = x.manager_id and u.id = x.unit_id
       join buildings b ${byKey} on b.manager_id = x.manager_id and b.id = x.building_id
     where x.manager_id = ? and x.payer_id in (${payerIds.map(() => '?').join(', ')})
     order by building, unit`,
    [managerId, ...payerIds],
  );
  return Map.groupBy(rows, ({ payerId }) => payerId);
}

interface SlipRow {
  readonly payerId: string;
  readonly period: string;
  readonly totalCents: number;
}

type LastSlip = NonNullable<ContractPayer['lastSlip']>;

/** Found from the end of each payer's slips, however many years there are. */
async function lastSlipOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<Map<string, LastSlip>> {
  if (payerIds.length === 0) return new Map();
  const { inOrder, byKey, by } = planOf(db);
  const newest = `select ${inOrder} n.id from slips n ${by('slips_payer_ix')}
      join billing_runs r ${byKey} on r.manager_id = n.manager_id and r.id = n.run_id
    where n.manager_id = p.manager_id and n.payer_id = p.id and r.state = 'published'
    order by n.period desc, n.id desc limit 1`;
  const found = await selectRows<{ id: string | null }>(
    db,
    `select (${newest}) as id from payers p ${byKey}
     where p.manager_id = ? and p.id in (${payerIds.map(() => '?').join(', ')})`,
    [managerId, ...payerIds],
  );
  const ids = found.flatMap(({ id }) => id ?? []);
  const rows = await db('slips')
    .where({ manager_id: managerId })
    .whereIn('id', ids)
    .select<SlipRow[]>('payer_id as payerId', 'period', 'total_cents as totalCents');
  return new Map(rows.map(({ payerId, period, totalCents }) => [payerId, { period, totalCents }]));
}

/** What the slips say of some payers. */
export async function slipsOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<PayerSlips> {
  return {
    units: await unitsOf(db, managerId, payerIds),
    lastSlip: await lastSlipOf(db, managerId, payerIds),
  };
}
