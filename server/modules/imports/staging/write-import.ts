import type { Knex } from 'knex';
import { affected, breathe, overwrite, rowsOf } from '../../../db/bulk.ts';
import { isMysql } from '../../../db/connect.ts';
import { newId, newIdSql } from '../../../db/id.ts';
import { planOf } from '../../../db/plan.ts';
import { payerSearchText } from '../../payers/search-text.ts';
import { writeChangedChannels, writeNewChannels } from './channel-history.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';
import { inRange, type SlipRange, slipRanges } from './slip-ranges.ts';

export interface Written {
  readonly newPayers: number;
  readonly newSlips: number;
  readonly replacedSlips: number;
}

export interface WriteOptions {
  readonly now: string;
  readonly purposeCode: string;
  /** Fields of the file: where a column is missing, what is known of a payer or unit stays. */
  readonly present: ReadonlySet<string>;
  /** The earlier runs that hold slips of this file, as `lockRunsToReplace` gave them. */
  readonly replacedRuns: readonly string[];
  /** Called after each step; throws to give up. */
  readonly checkpoint: () => void;
}

const count = async (trx: Knex, sql: string, values: readonly string[]): Promise<number> =>
  rowsOf<{ count: number }>(await trx.raw(sql, values))[0]!.count;

/** The columns to write over in a row that is already there, without those that the file does not have. */
const presentColumns = (columns: Readonly<Record<string, string>>, present: ReadonlySet<string>): string[] =>
  Object.entries(columns).flatMap(([column, field]) => (present.has(field) ? [column] : []));

const differs = (columns: readonly string[]): string =>
  columns.map((column) => `coalesce(old.${column}, '') <> coalesce(s.${column}, '')`).join(' or ');

/** What residents ask for in the portal as well: an empty field says nothing about it, and what is known stays. */
const keptWhereEmpty = { tax_number: 'taxNumber', email: 'email', channel: 'channel' } as const;

const isGiven = (columns: readonly string[]): string[] =>
  columns.map((column) => `(coalesce(s.${column}, '') <> '' and ${differs([column])})`);

async function writePayers(trx: Knex, staged: StagedImport, { now, present }: WriteOptions): Promise<number> {
  const own = ['name', ...presentColumns({ street: 'street', town: 'town' }, present)];
  const shared = presentColumns(keptWhereEmpty, present);
  await writeChangedChannels(trx, staged, now);
  const from = `from import_payers s left join payers old on old.manager_id = s.manager_id and old.code = s.code
    where ${isOurs('s')}`;
  const added = await count(trx, `select count(*) as count ${from} and old.id is null`, bindings(staged));
  await trx.raw(
    `insert into payers (manager_id, id, code, name, street, town, tax_number, email, channel, search, created_at, updated_at)
     select s.manager_id, s.new_id, s.code, s.name, s.street, s.town, coalesce(s.tax_number, old.tax_number),
       coalesce(s.email, old.email), coalesce(nullif(s.channel, ''), old.channel, 'none'), s.search, ?, ?
     ${from} and (old.id is null or ${[differs(own), ...isGiven(shared)].join(' or ')})
     ${overwrite(trx, ['manager_id', 'code'], [...own, ...shared, 'search', 'updated_at'])}`,
    [now, now, ...bindings(staged)],
  );
  await refreshSearch(trx, staged, now);
  await writeNewChannels(trx, staged, now);
  return added;
}

/** Of those that were just written: where the file lacks what is searched, what we knew of it must stay findable. */
async function refreshSearch(trx: Knex, staged: StagedImport, now: string): Promise<void> {
  const kept = rowsOf<{ id: string; code: string; name: string; street: string; email: string | null }>(
    await trx.raw(
      `select p.id, p.code, p.name, p.street, p.email from import_payers s
       join payers p on p.manager_id = s.manager_id and p.code = s.code
       where ${isOurs('s')} and p.updated_at = ?
         and (coalesce(p.email, '') <> coalesce(s.email, '') or p.street <> s.street)`,
      [...bindings(staged), now],
    ),
  );
  for (const payer of kept) {
    await trx('payers')
      .where({ manager_id: staged.managerId, id: payer.id })
      .update({ search: payerSearchText(payer) });
  }
}

async function writeUnits(trx: Knex, staged: StagedImport, { present }: WriteOptions): Promise<void> {
  await trx.raw(
    `insert into buildings (manager_id, id, name)
     select n.manager_id, ${newIdSql(trx).toQuery()}, n.building
     from (select s.manager_id, s.building from import_units s where ${isOurs('s')}
       union select f.manager_id, f.building from import_funds f where ${isOurs('f')}) n
     left join buildings old on old.manager_id = n.manager_id and old.name = n.building
     where old.id is null`,
    [...bindings(staged), ...bindings(staged)],
  );
  const columns = presentColumns({ kind: 'unitKind', area_m2: 'areaM2', persons: 'persons' }, present);
  const isNew = columns.length > 0 ? `(old.id is null or ${differs(columns)})` : 'old.id is null';
  await trx.raw(
    `insert into units (manager_id, id, building_id, name, kind, area_m2, persons)
     select s.manager_id, s.new_id, b.id, s.unit, s.kind, s.area_m2, s.persons
     from import_units s join buildings b on b.manager_id = s.manager_id and b.name = s.building
     left join units old on old.manager_id = b.manager_id and old.building_id = b.id and old.name = s.unit
     where ${isOurs('s')} and ${isNew}
     ${overwrite(trx, ['manager_id', 'building_id', 'name'], columns.length > 0 ? columns : ['name'])}`,
    bindings(staged),
  );
}

/** One run for each period of the file. */
async function writeRuns(trx: Knex, staged: StagedImport): Promise<void> {
  const periods = rowsOf<{ period: string }>(
    await trx.raw(`select distinct s.period from import_slips s where ${isOurs('s')}`, bindings(staged)),
  );
  const { managerId: manager_id, importId: import_id } = staged;
  await trx('billing_runs').insert(
    periods.map(({ period }) => ({ manager_id, id: newId(), import_id, period, state: 'draft' })),
  );
}

async function writeFunds(trx: Knex, staged: StagedImport): Promise<void> {
  await trx.raw(
    `insert into run_funds
       (manager_id, run_id, building_id, opening_cents, paid_in_cents, spent_cents, balance_cents)
     select ${planOf(trx).inOrder} f.manager_id, run.id, b.id, f.opening_cents, f.paid_in_cents, f.spent_cents, f.balance_cents
     from import_funds f
     join billing_runs run on run.manager_id = f.manager_id and run.import_id = f.import_id and run.period = f.period
     join buildings b on b.manager_id = f.manager_id and b.name = f.building
     where ${isOurs('f')}`,
    bindings(staged),
  );
}

/** The old runs that hold slips of this file. Locked, so that nobody publishes or discards them meanwhile. */
export async function lockRunsToReplace(trx: Knex, staged: StagedImport): Promise<string[]> {
  const found = rowsOf<{ id: string }>(
    await trx.raw(
      `select distinct old.run_id as id from import_slips s
       join slips old on old.manager_id = s.manager_id and old.number = s.number where ${isOurs('s')}`,
      bindings(staged),
    ),
  );
  const ids = found.map(({ id }) => id);
  if (ids.length > 0 && isMysql(trx)) {
    await trx('billing_runs').where({ manager_id: staged.managerId }).whereIn('id', ids).forUpdate().select('id');
  }
  return ids;
}

/** Items, open items and payment orders go with their slip. */
async function deleteReplaced(trx: Knex, staged: StagedImport, range: SlipRange): Promise<number> {
  const result: unknown = await trx.raw(
    `delete from slips where manager_id = ? and number > ? and number <= ? and number in
       (select s.number from import_slips s where ${isOurs('s')} and ${inRange('s')})`,
    [staged.managerId, range.after, range.upTo, ...bindings(staged), range.after, range.upTo],
  );
  return affected(result);
}

async function writeSlips(trx: Knex, staged: StagedImport, range: SlipRange, purposeCode: string): Promise<number> {
  const these = [...bindings(staged), range.after, range.upTo];
  const { inOrder, byKey } = planOf(trx);
  const slips: unknown = await trx.raw(
    `insert into slips (manager_id, id, run_id, payer_id, number, period, issue_date, due_date, note, total_cents)
     select s.manager_id, s.new_id, run.id, p.id, s.number, s.period, s.issue_date, s.due_date, s.note,
       (select sum(r.amount_cents) from import_rows r ${byKey}
        where r.manager_id = s.manager_id and r.import_id = s.import_id and r.number = s.number)
     from import_slips s
     join billing_runs run on run.manager_id = s.manager_id and run.import_id = s.import_id and run.period = s.period
     join payers p on p.manager_id = s.manager_id and p.code = s.payer_code
     where ${isOurs('s')} and ${inRange('s')}`,
    these,
  );
  const rows = `from import_rows r ${byKey}
    join import_slips s ${byKey} on s.manager_id = r.manager_id and s.import_id = r.import_id and s.number = r.number`;
  // An order stands where its first item stands, an item at its row of the file: positions order, they do not count.
  await trx.raw(
    `insert into payment_orders (manager_id, slip_id, position, iban, reference, purpose_code, purpose, amount_cents)
     select r.manager_id, s.new_id, min(r.row_no), r.iban, r.reference, coalesce(min(r.purpose_code), ?),
       coalesce(min(r.purpose), min(s.purpose)), sum(r.amount_cents)
     ${rows} where ${isOurs('r')} and ${inRange('r')}
     group by r.manager_id, s.new_id, r.iban, r.reference`,
    [purposeCode, ...these],
  );
  await trx.raw(
    `insert into slip_items (manager_id, slip_id, position, unit_id, payment_order_position, description, supplier,
       building_total_cents, allocation_key, quantity, measure, price, base_cents, vat_rate, vat_cents, amount_cents)
     select ${inOrder} r.manager_id, s.new_id, r.row_no, u.id, o.position, r.description, r.supplier,
       r.building_total_cents, r.allocation_key, r.quantity, r.measure, r.price, r.base_cents, r.vat_rate, r.vat_cents,
       r.amount_cents
     ${rows}
     join buildings b on b.manager_id = r.manager_id and b.name = r.building
     join units u on u.manager_id = b.manager_id and u.building_id = b.id and u.name = r.unit
     join payment_orders o ${byKey} on o.manager_id = s.manager_id and o.slip_id = s.new_id
       and o.iban = r.iban and o.reference = r.reference
     where ${isOurs('r')} and ${inRange('r')}`,
    these,
  );
  return affected(slips);
}

async function writeOpenItems(trx: Knex, staged: StagedImport, range: SlipRange): Promise<void> {
  const { inOrder, byKey } = planOf(trx);
  await trx.raw(
    `insert into slip_open_items (manager_id, slip_id, position, description, due_date, amount_cents)
     select ${inOrder} o.manager_id, s.new_id, o.row_no, o.description, o.due_date, o.amount_cents
     from import_open_items o ${byKey}
     join import_slips s ${byKey} on s.manager_id = o.manager_id and s.import_id = o.import_id and s.number = o.number
     where ${isOurs('o')} and ${inRange('o')}`,
    [...bindings(staged), range.after, range.upTo],
  );
}

/** Drafts that have lost all their slips: their runs go, and an import without runs has been replaced. */
async function retireEmptied(trx: Knex, { managerId }: StagedImport, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  const imports: { import_id: string }[] = await trx('billing_runs')
    .where({ manager_id: managerId })
    .whereIn('id', runIds)
    .distinct('import_id');
  await trx('billing_runs')
    .where({ manager_id: managerId })
    .whereIn('id', runIds)
    .whereNotExists(trx('slips').whereRaw('manager_id = billing_runs.manager_id and run_id = billing_runs.id'))
    .delete();
  const importIds = imports.map(({ import_id: id }) => id);
  await trx('imports')
    .where({ manager_id: managerId, state: 'draft' })
    .whereIn('id', importIds)
    .whereNotExists(trx('billing_runs').whereRaw('manager_id = imports.manager_id and import_id = imports.id'))
    .update({ state: 'replaced' });
}

/** Writes a checked file into the tables that count, in the caller's transaction. */
export async function writeImport(trx: Knex, staged: StagedImport, options: WriteOptions): Promise<Written> {
  const { replacedRuns } = options;
  await writeUnits(trx, staged, options);
  options.checkpoint();
  const newPayers = await writePayers(trx, staged, options);
  await writeRuns(trx, staged);
  await writeFunds(trx, staged);
  let [slips, replacedSlips] = [0, 0];
  for await (const range of slipRanges(trx, staged)) {
    if (replacedRuns.length > 0) replacedSlips += await deleteReplaced(trx, staged, range);
    slips += await writeSlips(trx, staged, range, options.purposeCode);
    if (options.present.has('rowKind')) await writeOpenItems(trx, staged, range);
    options.checkpoint();
    await breathe();
  }
  await retireEmptied(trx, staged, replacedRuns);
  return { newPayers, newSlips: slips - replacedSlips, replacedSlips };
}
