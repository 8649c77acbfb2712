import type { Knex } from 'knex';
import { z } from 'zod';
import type { PayerAccess } from '../../../contract/payers.ts';
import type { BuildingStanding, SlipPasswordStanding } from '../../../contract/slip-passwords.ts';
import { breathe } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { accessSql } from '../payers/payer-access.ts';
import { wordsLike } from '../payers/search-text.ts';

type Counts = Record<PayerAccess, number> & { payers: number };

const nobody = (): Counts => ({ payers: 0, registered: 0, issued: 0, expired: 0, none: 0 });

interface Counted {
  readonly access: PayerAccess;
  readonly count: number;
}

function add<C extends Counts>(counts: C, { access, count }: Counted): C {
  return { ...counts, payers: counts.payers + count, [access]: counts[access] + count };
}

const hadAny = `exists (select 1 from slip_passwords h where h.manager_id = p.manager_id and h.payer_id = p.id)`;

interface Part {
  readonly last: string | null;
  readonly rows: readonly (Counted & { readonly unreached: number })[];
}

/** How some payers stand, by their ids after this one. */
async function partOf(db: Knex, managerId: string, after: string, now: string): Promise<Part> {
  // The embedded database keeps the event loop for as long as a statement takes.
  const atOnce = isMysql(db) ? 20_000 : 2_000;
  const ids = db('payers')
    .where({ manager_id: managerId })
    .where('id', '>', after)
    .orderBy('id')
    .limit(atOnce)
    .select('manager_id', 'id');
  const each = db
    .from(ids.as('p'))
    .select(
      'p.id',
      db.raw(`${accessSql(db)} as access`, { now }),
      db.raw(`case when ${hadAny} then 0 else 1 end as isNew`),
    );
  const rows: (Part['rows'][number] & { last: string })[] = await db
    .from(each.as('e'))
    .groupBy('e.access')
    .select('e.access')
    .select(db.raw('count(*) as count, max(e.id) as last, sum(e.isNew) as unreached'));
  const last = rows.map((row) => row.last).sort().at(-1) ?? null; // prettier-ignore
  return { last, rows };
}

/** How all of a manager's payers stand, counted some at a time. */
export async function standingOf(db: Knex, managerId: string, now: string): Promise<SlipPasswordStanding> {
  let standing = { ...nobody(), unreached: 0 };
  for (let after = ''; ; await breathe()) {
    const { last, rows } = await partOf(db, managerId, after, now);
    if (last === null) return standing;
    after = last;
    for (const row of rows) {
      standing = add(standing, row);
      if (row.access === 'none') standing.unreached += row.unreached;
    }
  }
}

/** As names are searched: both databases can do it, and neither by itself in the same way. */
const foldedName = ['Čc', 'čc', 'Ćc', 'ćc', 'Šs', 'šs', 'Žz', 'žz', 'Đd', 'đd'].reduce(
  (sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`,
  'b.name',
);

interface BuildingPage {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const pageKey = z.tuple([z.string().max(200)]);

/** The buildings of a page by name, which is unique. */
async function buildingsOf(db: Knex, managerId: string, { search = '', cursor, limit }: BuildingPage) {
  const query = db('buildings as b')
    .where('b.manager_id', managerId)
    .orderBy('b.name')
    .limit(limit + 1);
  for (const word of wordsLike(search)) void query.whereRaw(`lower(${foldedName}) like ? escape '!'`, [word]);
  if (cursor !== undefined) void query.where('b.name', '>', decodeCursor(cursor, pageKey)[0]);
  const rows: { id: string; name: string }[] = await query.select('b.id', 'b.name');
  return rows;
}

/** A page of buildings with how the payers who have a unit there stand. */
export async function pageOfBuildings(
  db: Knex,
  managerId: string,
  page: BuildingPage,
  now: string,
): Promise<{ items: BuildingStanding[]; nextCursor: string | null }> {
  const { items, nextCursor } = cutPage(await buildingsOf(db, managerId, page), page.limit, ({ name }) => [name]);
  const there = db('payer_units')
    .where({ manager_id: managerId })
    .whereIn(
      'building_id',
      items.map(({ id }) => id),
    ) // prettier-ignore
    .distinct('manager_id', 'building_id', 'payer_id as id');
  const each = db.from(there.as('p')).select('p.building_id', db.raw(`${accessSql(db)} as access`, { now }));
  const rows: (Counted & { buildingId: string })[] = await db
    .from(each.as('e'))
    .groupBy('e.building_id', 'e.access')
    .select('e.building_id as buildingId', 'e.access', db.raw('count(*) as count'));
  const byBuilding = Map.groupBy(rows, ({ buildingId }) => buildingId);
  const counted = items.map((building) => ({
    ...building,
    ...(byBuilding.get(building.id) ?? []).reduce(add, nobody()),
  }));
  return { items: counted, nextCursor };
}
