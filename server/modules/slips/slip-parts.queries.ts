import type { Knex } from 'knex';
import type { Fund, OpenItem, SlipItem, SlipUnit } from '../../../contract/slips.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import type { PaymentOrder } from '../../models/payment-order.ts';
import type { SlipRow } from './slips.queries.ts';

interface OfSlip {
  readonly slipId: string;
}

/** An item with its unit. */
export interface ItemRow extends OfSlip, SlipItem, Omit<SlipUnit, 'items' | 'subtotalCents'> {
  readonly unitId: string;
  readonly buildingId: string;
}

export type OrderRow = Omit<PaymentOrder, 'managerId'>;
export type OpenItemRow = OfSlip & OpenItem;

/** The reserve fund of a building in a run. */
export interface FundRow extends Fund {
  readonly runId: string;
  readonly buildingId: string;
}

/** What stands on a slip below its head. */
export interface SlipParts {
  readonly items: readonly ItemRow[];
  readonly orders: readonly OrderRow[];
  /** Of the buildings that its items are of. */
  readonly funds: readonly FundRow[];
  readonly openItems: readonly OpenItemRow[];
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

type Plan = ReturnType<typeof planOf>;

const itemsSql = (ids: readonly string[], { inOrder, byKey }: Plan): string => `
  select ${inOrder} i.slip_id as slipId, i.description, i.supplier, i.building_total_cents as buildingTotalCents,
    i.allocation_key as allocationKey, i.quantity, i.measure, i.price, i.base_cents as baseCents,
    i.vat_rate as vatRate, i.vat_cents as vatCents, i.amount_cents as amountCents,
    u.id as unitId, u.name as unit, u.kind, u.area_m2 as areaM2, u.persons, b.id as buildingId, b.name as building
  from slip_items i ${byKey}
    join units u ${byKey} on u.manager_id = i.manager_id and u.id = i.unit_id
    join buildings b ${byKey} on b.manager_id = u.manager_id and b.id = u.building_id
  where i.manager_id = ? and i.slip_id in (${marks(ids)}) order by i.slip_id, i.position`;

const ordersSql = (ids: readonly string[], { byKey }: Plan): string => `
  select slip_id as slipId, position, iban, reference, purpose_code as purposeCode, purpose, amount_cents as amountCents
  from payment_orders ${byKey} where manager_id = ? and slip_id in (${marks(ids)}) order by slip_id, position`;

const openItemsSql = (ids: readonly string[], { byKey }: Plan): string => `
  select slip_id as slipId, description, due_date as dueDate, amount_cents as amountCents
  from slip_open_items ${byKey} where manager_id = ? and slip_id in (${marks(ids)}) order by slip_id, position`;

const fundsSql = (runs: readonly string[], buildings: readonly string[], { inOrder, byKey }: Plan): string => `
  select ${inOrder} f.run_id as runId, f.building_id as buildingId, b.name as building, f.opening_cents as openingCents,
    f.paid_in_cents as paidInCents, f.spent_cents as spentCents, f.balance_cents as balanceCents
  from run_funds f ${byKey} join buildings b ${byKey} on b.manager_id = f.manager_id and b.id = f.building_id
  where f.manager_id = ? and f.run_id in (${marks(runs)}) and f.building_id in (${marks(buildings)})
  order by b.name`;

/** The rows of each slip, in the order in which they came. */
const bySlip = <Row extends OfSlip>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, ({ slipId }) => slipId);

/**
 * What stands on some slips of one manager, of one or of some hundreds by the same four statements. Gives the parts of
 * each slip by its id.
 */
export async function partsOf(
  db: Knex,
  managerId: string,
  slips: readonly SlipRow[],
): Promise<(slip: SlipRow) => SlipParts> {
  if (slips.length === 0) return () => ({ items: [], orders: [], funds: [], openItems: [] });
  const ids = slips.map(({ id }) => id);
  const runs = [...new Set(slips.map(({ runId }) => runId))];
  const plan = planOf(db);
  const ask = <Row>(sql: string): Promise<Row[]> => selectRows<Row>(db, sql, [managerId, ...ids]);
  const askFunds = async (items: readonly ItemRow[]): Promise<FundRow[]> => {
    const buildings = [...new Set(items.map(({ buildingId }) => buildingId))];
    if (buildings.length === 0) return [];
    return selectRows<FundRow>(db, fundsSql(runs, buildings, plan), [managerId, ...runs, ...buildings]);
  };
  const asked = ask<ItemRow>(itemsSql(ids, plan));
  const [items, funds, orders, openItems] = await Promise.all([
    asked.then(bySlip),
    asked.then(askFunds),
    ask<OrderRow>(ordersSql(ids, plan)).then(bySlip),
    ask<OpenItemRow>(openItemsSql(ids, plan)).then(bySlip),
  ]);
  return ({ id, runId }) => {
    const own = items.get(id) ?? [];
    const isOwn = (fund: FundRow) =>
      fund.runId === runId && own.some(({ buildingId }) => buildingId === fund.buildingId);
    return { items: own, orders: orders.get(id) ?? [], openItems: openItems.get(id) ?? [], funds: funds.filter(isOwn) };
  };
}
