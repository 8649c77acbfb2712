import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import type { Channel, UnitKind } from '../../../contract/slips.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { PaymentOrder } from '../../models/payment-order.ts';
import { Slip } from '../../models/slip.ts';
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

const own = ['manager_id', 'id', 'payer_id', 'number', 'period', 'issue_date', 'due_date', 'total_cents'];
const summaryColumns = [
  ...own.map((column) => `s.${column}`),
  ...['m.name as manager_name', 'p.code as payer_code', 'r.state as run_state'],
];
const headColumns = [
  ...['street', 'town', 'email', 'phone'].map((column) => `m.${column} as manager_${column}`),
  ...['name', 'street', 'town'].map((column) => `p.${column} as payer_${column}`),
  'p.channel',
];

/** The published slips of the account's payers: every query of a resident begins here. */
const published = (db: Knex, accountId: string) =>
  Slip.query(db)
    .alias('s')
    .join('payer_accounts as a', on({ 'a.manager_id': 's.manager_id', 'a.payer_id': 's.payer_id' }))
    .join('billing_runs as r', on({ 'r.manager_id': 's.manager_id', 'r.id': 's.run_id' }))
    .join('managers as m', on({ 'm.id': 's.manager_id' }))
    .join('payers as p', on({ 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' }))
    .where({ 'a.account_id': accountId, 'r.state': 'published' });

export interface SlipFilter {
  readonly payerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const pageKey = z.tuple([periodSchema, idSchema]);

/** A page of them, the newest period first. */
export async function pageOfSlips(db: Knex, accountId: string, { payerId, cursor, limit }: SlipFilter) {
  const query = published(db, accountId)
    .select(summaryColumns)
    .orderBy([
      { column: 's.period', order: 'desc' },
      { column: 's.id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (payerId !== undefined) void query.where('s.payer_id', payerId);
  if (cursor !== undefined) {
    const [period, id] = decodeCursor(cursor, pageKey);
    void query.where((after) => {
      void after
        .where('s.period', '<', period)
        .orWhere((same) => void same.where('s.period', period).where('s.id', '<', id));
    });
  }
  const rows = await query.castTo<SummaryRow[]>();
  return cutPage(rows, limit, ({ period, id }) => [period, id]);
}

export const findSlip = (db: Knex, accountId: string, id: string): Promise<SlipRow | undefined> =>
  published(db, accountId)
    .select([...summaryColumns, ...headColumns])
    .where('s.id', id)
    .first()
    .castTo<SlipRow | undefined>()
    .execute();

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
