import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import type { Channel, UnitKind } from '../../../contract/slips.ts';
import { selectRows } from '../../db/select.ts';
import type { Actor } from '../../http/actor.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { PaymentOrder } from '../../models/payment-order.ts';
import type { Slip } from '../../models/slip.ts';
import { SlipItem } from '../../models/slip-item.ts';

/** A slip of a list, with whom it is from and for. */
export interface SummaryRow extends Pick<
  Slip,
  'managerId' | 'id' | 'payerId' | 'number' | 'period' | 'issueDate' | 'dueDate' | 'totalCents'
> {
  readonly managerName: string;
  readonly payerCode: string;
  readonly runState: BillingRun['state'];
}

/** A single slip, with all that its head says. */
export interface SlipRow extends SummaryRow {
  readonly managerStreet: string;
  readonly managerTown: string;
  readonly managerEmail: string | null;
  readonly managerPhone: string | null;
  readonly managerTaxNumber: string | null;
  readonly payerName: string;
  readonly payerStreet: string;
  readonly payerTown: string;
  readonly channel: Channel;
}

/** An item with its unit. */
export type ItemRow = SlipItem & {
  readonly building: string;
  readonly unit: string;
  readonly kind: UnitKind;
  readonly areaM2: string | null;
  readonly persons: string | null;
};

/** Columns that must be the same in both tables. */
const on =
  (pairs: Record<string, string>) =>
  (clause: Knex.JoinClause): void =>
    void clause.on(pairs);

const summary = `
  s.manager_id as managerId, s.id, s.payer_id as payerId, s.number, s.period, s.issue_date as issueDate,
  s.due_date as dueDate, s.total_cents as totalCents, m.name as managerName, p.code as payerCode, r.state as runState`;

const head = `
  m.street as managerStreet, m.town as managerTown, m.email as managerEmail, m.phone as managerPhone, m.tax_number as managerTaxNumber,
  p.name as payerName, p.street as payerStreet, p.town as payerTown, p.channel`;

type Payers = Actor['payers'];

/**
 * The published slips of the actor's payers: every query of a resident begins here. Whose they are came along with the
 * session; named as they are, the index has their slips together and in the order of the list, and no statistics of the
 * database can mislead it. Written as text, for a resident's client asks this most of all.
 */
function published(payers: Payers): { sql: string; bindings: string[] } {
  const byManager = [...Map.groupBy(payers, ({ managerId }) => managerId)];
  const theirs = byManager.map(([, own]) => `s.manager_id = ? and s.payer_id in (${own.map(() => '?').join(', ')})`);
  const sql = `
    from slips s
      join billing_runs r on r.manager_id = s.manager_id and r.id = s.run_id
      join managers m on m.id = s.manager_id
      join payers p on p.manager_id = s.manager_id and p.id = s.payer_id
    where r.state = 'published' and (${theirs.join(' or ') || '1 = 0'})`;
  return { sql, bindings: byManager.flatMap(([managerId, own]) => [managerId, ...own.map(({ payerId }) => payerId)]) };
}

export interface SlipFilter {
  readonly payerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const pageKey = z.tuple([periodSchema, idSchema]);

/** A page of them, the newest period first. */
export async function pageOfSlips(db: Knex, payers: Payers, { payerId, cursor, limit }: SlipFilter) {
  const { sql, bindings } = published(payers.filter((payer) => payerId === undefined || payer.payerId === payerId));
  const last = cursor === undefined ? [] : decodeCursor(cursor, pageKey);
  const after = last.length > 0 ? 'and (s.period, s.id) < (?, ?)' : '';
  const page = `select ${summary} ${sql} ${after} order by s.period desc, s.id desc limit ?`;
  const rows = await selectRows<SummaryRow>(db, page, [...bindings, ...last, limit + 1]);
  return cutPage(rows, limit, ({ period, id }) => [period, id]);
}

export async function findSlip(db: Knex, payers: Payers, id: string): Promise<SlipRow | undefined> {
  const { sql, bindings } = published(payers);
  const [slip] = await selectRows<SlipRow>(db, `select ${summary}, ${head} ${sql} and s.id = ?`, [...bindings, id]);
  return slip;
}

type SlipKey = Pick<Slip, 'managerId' | 'id'>;

export const itemsOf = (db: Knex, { managerId, id }: SlipKey): Promise<ItemRow[]> =>
  SlipItem.query(db)
    .alias('i')
    .join('units as u', on({ 'u.manager_id': 'i.manager_id', 'u.id': 'i.unit_id' }))
    .join('buildings as b', on({ 'b.manager_id': 'u.manager_id', 'b.id': 'u.building_id' }))
    .where({ 'i.manager_id': managerId, 'i.slip_id': id })
    .orderBy('i.position')
    .select('i.*', 'b.name as building', 'u.name as unit', 'u.kind', 'u.area_m2', 'u.persons')
    .castTo<ItemRow[]>()
    .execute();

export const paymentOrdersOf = (db: Knex, { managerId, id }: SlipKey): Promise<PaymentOrder[]> =>
  PaymentOrder.query(db).where({ manager_id: managerId, slip_id: id }).orderBy('position').execute();
