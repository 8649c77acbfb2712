import type { Knex } from 'knex';
import { newId } from '../../server/db/id.ts';
import { Building } from '../../server/models/building.ts';
import type { Payer } from '../../server/models/payer.ts';
import type { Slip } from '../../server/models/slip.ts';
import { Unit } from '../../server/models/unit.ts';
import { refreshPayerUnits } from '../../server/modules/payers/payer-units.ts';
import { payerSearchText } from '../../server/modules/payers/search-text.ts';
import { createPayer, type Given } from './factories.ts';
import { createItem, createSlip } from './slip-factories.ts';

/** A payer who is found by what it is called, as whoever writes payers sees to. */
export async function createFoundPayer(db: Knex, managerId: string, given: Given<Payer> = {}): Promise<Payer> {
  const payer = await createPayer(db, managerId, given);
  await db('payers')
    .where({ manager_id: managerId, id: payer.id })
    .update({ search: payerSearchText(payer) });
  return payer;
}

/** A unit of a building, which may be there already. */
export async function createUnitIn(db: Knex, managerId: string, building: string, given: Given<Unit> = {}) {
  const there = await Building.query(db).findOne({ manager_id: managerId, name: building });
  const { id: buildingId } = there ?? (await Building.query(db).insert({ managerId, id: newId(), name: building }));
  const unit = { managerId, id: newId(), buildingId, name: '12', kind: 'apartment' as const, ...given };
  return Unit.query(db).insertAndFetch(unit);
}

/** A slip of the payer about these units, as an import would leave it. */
export async function createSlipOf(db: Knex, payer: Payer, units: readonly Unit[], given: Given<Slip> = {}) {
  const slip = await createSlip(db, payer, given);
  for (const [index, unit] of units.entries()) await createItem(db, slip, unit, { position: index + 1 });
  await db.transaction((trx) => refreshPayerUnits(trx, payer.managerId, [payer.id]));
  return slip;
}
