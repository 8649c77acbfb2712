import type { Knex } from 'knex';
import type { PayerAccess } from '../../../contract/payers.ts';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import { breathe } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { ApiError } from '../../http/api-error.ts';
import { accessSql } from '../payers/payer-access.ts';
import { type Addressee, postalKey } from '../print-runs/postal-order.ts';
import { findRun } from '../runs/runs.queries.ts';
import { mayBeIssued } from './slip-passwords.policy.ts';

/** What an order comes to, by payers. */
export interface OrderCounts {
  readonly payers: number;
  readonly withAccount: number;
  readonly withValid: number;
  readonly issues: number;
  readonly voids: number;
  readonly incompleteAddresses: number;
}

export interface Recipients extends OrderCounts {
  /** Who gets one, in the order in which they are written. */
  readonly payerIds: readonly string[];
}

interface Row extends Addressee {
  readonly id: string;
  readonly access: PayerAccess;
}

/** The embedded database keeps the event loop for as long as a statement takes. */
const payersAtOnce = (db: Knex): number => (isMysql(db) ? 5_000 : 1_000);

/** @throws not_found when one of them is not this manager's */
async function assertOwn(db: Knex, table: 'payers' | 'buildings', managerId: string, ids: readonly string[]) {
  const own: { id: string }[] = await db(table).where({ manager_id: managerId }).whereIn('id', ids).select('id');
  if (own.length < new Set(ids).size) throw new ApiError('not_found');
}

async function* allPayers(db: Knex, managerId: string): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows: { id: string }[] = await db('payers')
      .where({ manager_id: managerId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(payersAtOnce(db))
      .select('id');
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ id }) => id);
    after = last.id;
  }
}

async function* payersOfRun(db: Knex, managerId: string, runId: string): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows: { id: string; payerId: string }[] = await db('slips')
      .where({ manager_id: managerId, run_id: runId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(payersAtOnce(db))
      .select('id', 'payer_id as payerId');
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ payerId }) => payerId);
    after = last.id;
  }
}

async function* payersOfBuildings(db: Knex, managerId: string, buildingIds: readonly string[]) {
  const atOnce = 50;
  for (let start = 0; start < buildingIds.length; start += atOnce) {
    const rows: { payerId: string }[] = await db('payer_units')
      .where({ manager_id: managerId })
      .whereIn('building_id', buildingIds.slice(start, start + atOnce))
      .distinct('payer_id as payerId');
    yield rows.map(({ payerId }) => payerId);
  }
}

/** The payers that an order is about, some at a time; one may come twice. @throws not_found */
async function* payersOf(db: Knex, managerId: string, order: SlipPasswordOrder): AsyncGenerator<string[]> {
  if ('payerIds' in order) {
    await assertOwn(db, 'payers', managerId, order.payerIds);
    yield order.payerIds;
  } else if ('buildingIds' in order) {
    await assertOwn(db, 'buildings', managerId, order.buildingIds);
    yield* payersOfBuildings(db, managerId, order.buildingIds);
  } else if ('runId' in order) {
    await findRun(db, [managerId], order.runId);
    yield* payersOfRun(db, managerId, order.runId);
  } else yield* allPayers(db, managerId);
}

async function* rowsOf(db: Knex, managerId: string, order: SlipPasswordOrder, now: string): AsyncGenerator<Row[]> {
  const seen = new Set<string>();
  for await (const ids of payersOf(db, managerId, order)) {
    const fresh = [...new Set(ids)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    for (let start = 0; start < fresh.length; start += payersAtOnce(db)) {
      const rows: Row[] = await db('payers as p')
        .where('p.manager_id', managerId)
        .whereIn('p.id', fresh.slice(start, start + payersAtOnce(db)))
        .select('p.id', 'p.code', 'p.street', 'p.town', db.raw('? as number', ['']))
        .select(db.raw(`${accessSql(db)} as access`, { now }));
      yield rows;
      await breathe();
    }
  }
}

const inOrder = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

const isIncomplete = ({ street, town }: Row): boolean => street.trim() === '' || town.trim() === '';

export interface RecipientsWanted {
  readonly managerId: string;
  readonly order: SlipPasswordOrder;
  /** By payer code, or as letters are carried. */
  readonly sorted: 'code' | 'postal';
  readonly now: string;
}

/**
 * Who gets a slip password by an order. Their ids are all in memory, 10 MB for a hundred thousand payers: in which order
 * they are written is settled before the first one is issued.
 * @throws not_found
 */
export async function findRecipients(
  db: Knex,
  { managerId, order, sorted, now }: RecipientsWanted,
): Promise<Recipients> {
  const keyed: { id: string; key: string }[] = [];
  const counts = { payers: 0, withAccount: 0, withValid: 0, voids: 0, incompleteAddresses: 0 };
  for await (const rows of rowsOf(db, managerId, order, now)) {
    for (const row of rows) {
      counts.payers += 1;
      if (row.access === 'registered') counts.withAccount += 1;
      if (row.access === 'issued') counts.withValid += 1;
      if (!mayBeIssued(row, order)) continue;
      if (row.access === 'issued') counts.voids += 1;
      if (isIncomplete(row)) counts.incompleteAddresses += 1;
      keyed.push({ id: row.id, key: sorted === 'code' ? row.code : postalKey(row) });
    }
  }
  keyed.sort(inOrder);
  return { ...counts, issues: keyed.length, payerIds: keyed.map(({ id }) => id) };
}
