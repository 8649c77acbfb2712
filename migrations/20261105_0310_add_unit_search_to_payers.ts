import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

interface Unit {
  readonly payer_id: string;
  readonly unit_id: string;
  readonly building_id: string;
  readonly period: string;
  readonly building: string;
  readonly unit: string;
}

interface Payer {
  readonly id: string;
}

const special: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae' };

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[đłøßæ]/g, (letter) => special[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();

/** Each building once, and what the payer has there: the units come by building. */
function searched(units: readonly Unit[]): string {
  const parts = units.map(({ building, unit }, at) =>
    units[at - 1]?.building === building ? unit : `${building} ${unit}`,
  );
  return folded(parts.join(' ')).slice(0, 8_000);
}

const unitsOf = (knex: Knex, managerId: string, payerIds: readonly string[]): Promise<Unit[]> =>
  knex
    .from(
      knex('slips')
        .where('manager_id', managerId)
        .whereIn('payer_id', [...payerIds])
        .groupBy('payer_id')
        .select('payer_id')
        .max('period as period')
        .as('n'),
    )
    .join('slips as s', (on) => {
      on.on('s.payer_id', 'n.payer_id').andOn('s.period', 'n.period').andOnVal('s.manager_id', managerId);
    })
    .join('slip_items as i', { 'i.manager_id': 's.manager_id', 'i.slip_id': 's.id' })
    .join('units as u', { 'u.manager_id': 'i.manager_id', 'u.id': 'i.unit_id' })
    .join('buildings as b', { 'b.manager_id': 'u.manager_id', 'b.id': 'u.building_id' })
    .distinct('s.payer_id', 'i.unit_id', 'u.building_id', 's.period', 'b.name as building', 'u.name as unit')
    .orderBy(['building', 'unit'])
    .then((rows: Unit[]) => rows);

async function fillSome(knex: Knex, managerId: string, payerIds: readonly string[]): Promise<void> {
  const all = await unitsOf(knex, managerId, payerIds);
  for (const id of payerIds) {
    const units = all.filter((unit) => unit.payer_id === id);
    if (units.length === 0) continue;
    const rows = units.map(({ payer_id, unit_id, building_id, period }) => {
      return { manager_id: managerId, payer_id, unit_id, building_id, period };
    });
    await knex('payer_units').insert(rows);
    await knex('payers')
      .where({ manager_id: managerId, id })
      .update({ unit_search: searched(units) });
  }
}

/** For the slips that are there already, some payers at a time. */
async function fill(knex: Knex): Promise<void> {
  const managers = (await knex('managers').pluck('id')) as string[];
  for (const managerId of managers) {
    for (let after = ''; ;) {
      const query = knex('payers').where('manager_id', managerId).where('id', '>', after);
      const payers = await query.orderBy('id').limit(200).select<Payer[]>('id');
      const last = payers.at(-1);
      if (!last) break;
      await fillSome(knex, managerId, payers.map(({ id }) => id)); // prettier-ignore
      after = last.id;
    }
  }
}

/**
 * Building and unit as they are searched, beside what is searched of the payer itself: the two are written by different
 * deeds. Compared byte by byte, for it is folded already, and comparing by a collation takes longer.
 */
export async function up(knex: Knex): Promise<void> {
  await alterTable(knex, 'payers', (_, { exact }) => void exact('unit_search', 8_000).notNullable().defaultTo(''));
  await fill(knex);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.raw('alter table payers drop column unit_search');
  await knex('payer_units').delete();
}
