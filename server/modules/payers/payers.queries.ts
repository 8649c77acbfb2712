import type { Knex } from 'knex';
import { z } from 'zod';
import type { PayerAccess, Payer as ContractPayer } from '../../../contract/payers.ts';
import { payerCodeSchema } from '../../../contract/schemas/payer-code.ts';
import type { Channel } from '../../../contract/slips.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { PayerKey } from './payer-account.queries.ts';
import type { PayerRow, PayerSlips } from './payers.presenter.ts';
import { wordsLike } from './search-text.ts';

export interface PayerFilter {
  readonly managerId: string;
  readonly search?: string | undefined;
  readonly access?: PayerAccess | undefined;
  readonly channel?: Channel | undefined;
}

const hasAccount = 'exists (select 1 from payer_accounts a where a.manager_id = p.manager_id and a.payer_id = p.id)';

const openPassword = (condition = ''): string => `exists (select 1 from slip_passwords w
  where w.manager_id = p.manager_id and w.payer_id = p.id and w.revoked_at is null and w.used_at is null ${condition})`;

const isValid = openPassword('and w.expires_at > :now');

/**
 * How a payer stands with the portal, as a condition for each way. A slip password that was used and whose account is
 * gone opens nothing: none.
 */
const standing: Readonly<Record<PayerAccess, string>> = {
  registered: hasAccount,
  issued: `not ${hasAccount} and ${isValid}`,
  expired: `not ${hasAccount} and ${openPassword()} and not ${isValid}`,
  none: `not ${hasAccount} and not ${openPassword()}`,
};

const accessSql = `case when ${hasAccount} then 'registered' when ${isValid} then 'issued'
  when ${openPassword()} then 'expired' else 'none' end`;

/** The payers that fit: each word that is searched for must be found somewhere in the payer's text. */
function filtered(db: Knex, filter: PayerFilter, now: string): Knex.QueryBuilder {
  const query = db('payers as p').where('p.manager_id', filter.managerId);
  for (const word of wordsLike(filter.search ?? '')) void query.whereRaw(`p.search like ? escape '!'`, [word]);
  if (filter.channel !== undefined) void query.where('p.channel', filter.channel);
  if (filter.access !== undefined) void query.whereRaw(standing[filter.access], { now });
  return query;
}

/** What the office sees of payers and how they stand. */
const described = async (db: Knex, payers: Knex.QueryBuilder, now: string): Promise<PayerRow[]> =>
  payers
    .select('p.id', 'p.code', 'p.name', 'p.street', 'p.town', 'p.email', 'p.channel')
    .select<PayerRow[]>(db.raw(`${accessSql} as access`, { now }));

export async function findPayer(db: Knex, key: PayerKey, now: string): Promise<PayerRow | undefined> {
  const payer = db('payers as p').where({ 'p.manager_id': key.managerId, 'p.id': key.payerId });
  const [found] = await described(db, payer, now);
  return found;
}

const pageKey = z.tuple([payerCodeSchema]);

/** A page of payers by code, and how many there are on all pages. */
export async function pageOfPayers(
  db: Knex,
  filter: PayerFilter & { readonly cursor?: string | undefined; readonly limit: number },
  now: string,
) {
  const page = filtered(db, filter, now)
    .select('p.*')
    .orderBy('p.code')
    .limit(filter.limit + 1);
  if (filter.cursor !== undefined) void page.where('p.code', '>', decodeCursor(filter.cursor, pageKey)[0]);
  // The page is cut first: how somebody stands is asked for those on it, not for all.
  const rows = await described(db, db.from(page.as('p')).orderBy('p.code'), now);
  const [counted]: { total: number }[] = await filtered(db, filter, now).count('* as total');
  return { ...cutPage(rows, filter.limit, ({ code }) => [code]), total: counted?.total ?? 0 };
}

interface UnitRow {
  readonly payer_id: string;
  readonly building: string;
  readonly unit: string;
}

interface SlipRow {
  readonly payer_id: string;
  readonly period: string;
  readonly total_cents: number;
}

/** The units on the slips of each payer's newest period. Also of drafts: the office may know them before the resident. */
async function unitsOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<Map<string, string[]>> {
  const newest = db('slips')
    .where('manager_id', managerId)
    .whereIn('payer_id', payerIds)
    .groupBy('payer_id')
    .select('payer_id')
    .max('period as period');
  const rows = (await db
    .from(newest.as('n'))
    .join('slips as s', (on) => {
      on.on('s.payer_id', 'n.payer_id').andOn('s.period', 'n.period').andOnVal('s.manager_id', managerId);
    })
    .join('slip_items as i', { 'i.manager_id': 's.manager_id', 'i.slip_id': 's.id' })
    .join('units as u', { 'u.manager_id': 'i.manager_id', 'u.id': 'i.unit_id' })
    .join('buildings as b', { 'b.manager_id': 'u.manager_id', 'b.id': 'u.building_id' })
    .distinct('s.payer_id', 'b.name as building', 'u.name as unit')
    .orderBy(['building', 'unit'])) as UnitRow[];
  const units = new Map<string, string[]>();
  for (const { payer_id: id, building, unit } of rows)
    units.set(id, [...(units.get(id) ?? []), `${building}, ${unit}`]);
  return units;
}

type LastSlip = NonNullable<ContractPayer['lastSlip']>;

async function lastSlipOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<Map<string, LastSlip>> {
  const rows: SlipRow[] = await db('slips as s')
    .join('billing_runs as r', { 'r.manager_id': 's.manager_id', 'r.id': 's.run_id' })
    .where({ 's.manager_id': managerId, 'r.state': 'published' })
    .whereIn('s.payer_id', payerIds)
    .orderBy([{ column: 's.period' }, { column: 's.id' }])
    .select('s.payer_id', 's.period', 's.total_cents');
  // In the order of periods, the last one stays.
  return new Map(rows.map((row) => [row.payer_id, { period: row.period, totalCents: row.total_cents }]));
}

/** What the slips say of the payers of one page. */
export async function slipsOf(db: Knex, managerId: string, payerIds: readonly string[]): Promise<PayerSlips> {
  return {
    units: await unitsOf(db, managerId, payerIds),
    lastSlip: await lastSlipOf(db, managerId, payerIds),
  };
}
