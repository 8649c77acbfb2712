import type { Knex } from 'knex';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import { Building } from '../../server/models/building.ts';
import { Import } from '../../server/models/import.ts';
import type { Payer } from '../../server/models/payer.ts';
import { PaymentOrder } from '../../server/models/payment-order.ts';
import { RunFund } from '../../server/models/run-fund.ts';
import { Slip } from '../../server/models/slip.ts';
import { SlipItem } from '../../server/models/slip-item.ts';
import { SlipOpenItem } from '../../server/models/slip-open-item.ts';
import { Unit } from '../../server/models/unit.ts';
import { createAccount, type Given } from './factories.ts';

/** A billing run of the manager, with the import that brought it. */
export async function createRun(db: Knex, managerId: string, given: Given<BillingRun> = {}): Promise<BillingRun> {
  const account = await createAccount(db);
  const now = toInstant(new Date());
  const { id: importId } = await Import.query(db).insert({
    managerId,
    id: newId(),
    fileName: 'obracun.csv',
    size: 1,
    state: given.state === 'draft' ? 'draft' : 'published',
    phase: 'done',
    ...{ rowsRead: 0, bytesRead: 0, faultCount: 0, newPayers: 0, newSlips: 0, replacedSlips: 0 },
    faults: '[]',
    unknownColumns: '[]',
    createdBy: account.id,
    createdAt: now,
    heartbeatAt: now,
  });
  return BillingRun.query(db).insertAndFetch({
    managerId,
    id: newId(),
    importId,
    period: '2026-10',
    state: 'published',
    ...given,
  });
}

export async function createUnit(db: Knex, managerId: string, given: Given<Unit> = {}): Promise<Unit> {
  const { id: buildingId } = await Building.query(db).insert({ managerId, id: newId(), name: `Ulica ${newId()}` });
  return Unit.query(db).insertAndFetch({
    managerId,
    id: newId(),
    buildingId,
    name: '12',
    kind: 'apartment',
    areaM2: '62.40',
    persons: '3',
    ...given,
  });
}

export async function createItem(db: Knex, { managerId, id: slipId }: Slip, unit: Unit, given: Given<SlipItem> = {}) {
  await db('slip_units')
    .insert({ manager_id: managerId, slip_id: slipId, unit_id: unit.id })
    .onConflict(['manager_id', 'slip_id', 'unit_id'])
    .ignore();
  return SlipItem.query(db).insert({
    ...{ managerId, slipId, unitId: unit.id },
    position: 1,
    paymentOrderPosition: 1,
    description: 'Čiščenje skupnih prostorov',
    amountCents: 12_345,
    ...given,
  });
}

export const createPaymentOrder = (db: Knex, { managerId, id: slipId }: Slip, given: Given<PaymentOrder> = {}) =>
  PaymentOrder.query(db).insert({
    ...{ managerId, slipId },
    position: 1,
    iban: 'SI56020170014356205',
    reference: 'SI121042172026067',
    purposeCode: 'COST',
    purpose: 'Razdelilnik 10/2026',
    amountCents: 12_345,
    ...given,
  });

/** The reserve fund of a unit's building in the run that a slip belongs to. */
export const createFund = (db: Knex, { managerId, runId }: Slip, { buildingId }: Unit, given: Given<RunFund> = {}) =>
  RunFund.query(db).insert({ ...{ managerId, runId, buildingId }, balanceCents: 99_320, ...given });

export const createOpenItem = (db: Knex, { managerId, id: slipId }: Slip, given: Given<SlipOpenItem> = {}) =>
  SlipOpenItem.query(db).insert({
    ...{ managerId, slipId },
    position: 1,
    description: 'Razdelilnik 9/2026',
    dueDate: '2026-10-31',
    amountCents: 4_510,
    ...given,
  });

/** A slip of the payer without items, of a published run unless another one is given. */
export async function createSlip(db: Knex, { managerId, id: payerId }: Payer, given: Given<Slip> = {}): Promise<Slip> {
  const period = given.period ?? '2026-10';
  const runId = given.runId ?? (await createRun(db, managerId, { period })).id;
  const totalCents = given.totalCents ?? 12_345;
  await db('billing_runs').where({ manager_id: managerId, id: runId }).increment({ slips: 1, total_cents: totalCents });
  return Slip.query(db).insertAndFetch({
    ...{ managerId, payerId, runId, period },
    id: newId(),
    number: `R-${newId().slice(0, 8)}`,
    issueDate: '2026-11-05',
    dueDate: '2026-11-20',
    totalCents,
    ...given,
  });
}

/** A published slip as a resident usually has one: an item and a payment order. */
export async function createWholeSlip(db: Knex, payer: Payer, given: Given<Slip> = {}): Promise<Slip> {
  const slip = await createSlip(db, payer, given);
  await createItem(db, slip, await createUnit(db, payer.managerId));
  await createPaymentOrder(db, slip);
  return slip;
}
