import type { Knex } from 'knex';
import type { Cell } from '../../../db/bulk.ts';
import { placedId } from '../../../db/id.ts';
import type { BillingRow } from '../billing-file/columns.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { kept, RepeatedTexts, Reported } from './kept.ts';

/** A unit that is known, or that comes with the file. Row 0: the file has not named it. */
interface StagedUnit {
  readonly id: string;
  readonly isNew: boolean;
  row: number;
  kind: string;
  areaM2: string | null;
  persons: string | null;
  period: string;
}

const loadedAtOnce = 10_000;

const keyOf = (building: string, unit: string): string => `${building}\n${unit}`;

/** The units of a manager and those of a file, with the ids that items refer to. */
export class StagedUnits {
  readonly #faults: FaultList;
  readonly #reported = new Reported();
  readonly #repeated = new RepeatedTexts();
  readonly #units = new Map<string, StagedUnit>();

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  get size(): number {
    return this.#units.size;
  }

  async loadKnown(db: Knex, managerId: string): Promise<void> {
    let after = '';
    for (;;) {
      const found: { id: string; name: string; building: string }[] = await db('units as u')
        .join('buildings as b', { 'b.manager_id': 'u.manager_id', 'b.id': 'u.building_id' })
        .where('u.manager_id', managerId)
        .where('u.id', '>', after)
        .orderBy('u.id')
        .limit(loadedAtOnce)
        .select('u.id', 'u.name', 'b.name as building');
      for (const { id, name, building } of found) {
        const unit = { id, isNew: false, row: 0, kind: '', areaM2: null, persons: null, period: '' };
        this.#units.set(keyOf(building, name), unit);
      }
      if (found.length < loadedAtOnce) return;
      after = found.at(-1)!.id;
    }
  }

  /** The id of an item's unit. What rows say differently of its kind is a fault; of the rest the latest period counts. */
  of(row: number, it: BillingRow, place: number): string {
    const key = keyOf(it.building, it.unit);
    const kind = this.#repeated.of(it.unitKind ?? 'apartment');
    let unit = this.#units.get(key);
    if (!unit) {
      unit = { id: placedId(place), isNew: true, row: 0, kind, areaM2: null, persons: null, period: '' };
      this.#units.set(kept(key), unit);
    }
    if (unit.row === 0) [unit.row, unit.kind] = [row, kind];
    else if (unit.kind !== kind && this.#reported.isNew(`${unit.id} ${kind}`)) {
      this.#faults.add('unit_conflict', row, 'vrsta_enote', kind);
    }
    if (it.period > unit.period) {
      const repeated = this.#repeated;
      unit.areaM2 = repeated.of(it.areaM2);
      unit.persons = repeated.of(it.persons);
      unit.period = repeated.of(it.period);
    }
    return unit.id;
  }

  /** The cells of those that the file names. */
  *rows(): Generator<Cell[]> {
    for (const [key, { id, isNew, row, kind, areaM2, persons, period }] of this.#units) {
      if (row === 0) continue;
      const [building = '', name = ''] = key.split('\n');
      yield [building, name, kind, row, id, areaM2, persons, period, isNew ? 1 : 0];
    }
  }
}
