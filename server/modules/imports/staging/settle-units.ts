import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { transaction } from '../../../db/transaction.ts';
import type { Turn } from '../thread/turns.ts';
import { bindings, isOurs, partsOf, type StagedImport } from './staged-import.ts';

interface Moved {
  readonly building: string;
  readonly unit: string;
  readonly new_id: string;
  readonly known_id: string | null;
}

const slipsAtOnce = 500;

/** The items of a unit, found by the slips that have some. */
async function moveItems(trx: Knex, staged: StagedImport, from: string, to: string): Promise<void> {
  const ofUnit = { unit_id: from };
  const slips = (await partsOf(trx, 'slip_units', staged).where(ofUnit).pluck('slip_id')) as string[];
  for (let done = 0; done < slips.length; done += slipsAtOnce) {
    const some = slips.slice(done, done + slipsAtOnce);
    const items = trx('slip_items').where({ manager_id: staged.managerId, ...ofUnit });
    await items.whereIn('slip_id', some).update({ unit_id: to });
  }
  await partsOf(trx, 'slip_units', staged).where(ofUnit).update({ unit_id: to });
}

/**
 * Other imports may have brought units since the file was read, or taken them away with their draft: then its items
 * refer to others than there are now, or to some that come with it after all.
 */
export async function settleUnits(db: Knex, turn: Turn, staged: StagedImport): Promise<void> {
  const moved = rowsOf<Moved>(
    await db.raw(
      `select s.building, s.unit, s.new_id, u.id as known_id from import_units s
       left join buildings b on b.manager_id = s.manager_id and b.name = s.building
       left join units u on u.manager_id = b.manager_id and u.building_id = b.id and u.name = s.unit
       where ${isOurs('s')} and (u.id <> s.new_id or (u.id is null and s.is_new = 0) or (u.id is not null and s.is_new = 1))`,
      bindings(staged),
    ),
  );
  for (const { building, unit, new_id, known_id } of moved) {
    await turn(() =>
      transaction(db, async (trx) => {
        if (known_id !== null && known_id !== new_id) await moveItems(trx, staged, new_id, known_id);
        await trx('import_units')
          .where({ manager_id: staged.managerId, import_id: staged.importId, building, unit })
          .update({ new_id: known_id ?? new_id, is_new: known_id === null });
      }),
    );
  }
}
