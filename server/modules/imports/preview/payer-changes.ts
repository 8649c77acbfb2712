import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { bindings, isOurs, type StagedImport } from '../staging/staged-import.ts';
import { listed } from './month-before.ts';
import type { Before, StoredPreview } from './stored-preview.ts';

interface PayerColumn {
  readonly column: 'name' | 'street' | 'town' | 'tax_number' | 'email' | 'channel';
  /** The file's column, by which the office knows it. */
  readonly name: string;
  readonly field: string;
  /** An empty cell says nothing: what is known stays. */
  readonly keptWhereEmpty: boolean;
}

const payerColumns: readonly PayerColumn[] = [
  { column: 'name', name: 'placnik', field: 'payerName', keptWhereEmpty: false },
  { column: 'street', name: 'naslov', field: 'street', keptWhereEmpty: false },
  { column: 'town', name: 'kraj', field: 'town', keptWhereEmpty: false },
  { column: 'tax_number', name: 'davcna_stevilka', field: 'taxNumber', keptWhereEmpty: true },
  { column: 'email', name: 'e_posta', field: 'email', keptWhereEmpty: true },
  { column: 'channel', name: 'e_racun', field: 'channel', keptWhereEmpty: true },
];

const presentIn = (present: readonly string[]): PayerColumn[] =>
  payerColumns.filter(({ field }) => present.includes(field));

const differs = ({ column, keptWhereEmpty }: PayerColumn): string =>
  `(coalesce(old.${column}, '') <> coalesce(s.${column}, '')${keptWhereEmpty ? ` and coalesce(s.${column}, '') <> ''` : ''})`;

/** Rows `s` of the file and what is known, `old`. Bindings: `bindings(staged)`. */
const fromPayers = (db: Knex): string =>
  `from import_payers s ${planOf(db).byKey}
   left join payers old on old.manager_id = s.manager_id and old.code = s.code where ${isOurs('s')}`;

const isNew = 'old.id is null';
const isChanged = (present: readonly string[]): string =>
  `old.id is not null and (${presentIn(present).map(differs).join(' or ')})`;

/** Payers `p` with a slip in the month before the newest period of the file, who have none in that period any more. */
function vanished(db: Knex, { managerId, importId }: StagedImport, befores: readonly Before[]) {
  const { period = '', before = null, runIds = [] } = befores.at(-1) ?? {};
  const runs = listed(runIds);
  return {
    sql: `from payers p
      where p.manager_id = ? and exists (
        select 1 from slips b where b.manager_id = p.manager_id and b.payer_id = p.id and b.period = ? and b.run_id in ${runs.sql})
      and not exists (
        select 1 from slips o where o.manager_id = p.manager_id and o.payer_id = p.id and o.period = ?)
      and not exists (
        select 1 from import_payers s ${planOf(db).byKey}
        where s.manager_id = p.manager_id and s.import_id = ? and s.code = p.code)`,
    values: [managerId, before ?? '', ...runs.values, period, importId],
  };
}

const count = async (db: Knex, from: string, values: readonly string[]): Promise<number> =>
  rowsOf<{ count: number }>(await db.raw(`select count(*) as count ${from}`, values))[0]!.count;

export async function countPayers(
  db: Knex,
  staged: StagedImport,
  { present, befores }: Pick<StoredPreview, 'present' | 'befores'>,
) {
  const of = (condition: string) => count(db, `${fromPayers(db)} and ${condition}`, bindings(staged));
  const [all, added, changed] = [await of('1 = 1'), await of(isNew), await of(isChanged(present))];
  const gone = vanished(db, staged, befores);
  const lost = befores.at(-1)?.before ? await count(db, gone.sql, gone.values) : 0;
  return { new: added, changed, unchanged: all - added - changed, vanished: lost };
}

type PayerRow = Readonly<Record<string, string | null>> & { readonly code: string; readonly name: string };

export interface PreviewedPayer {
  readonly code: string;
  readonly name: string;
  readonly changes: { field: string; before: string; after: string }[];
}

const changesOf = (row: PayerRow, present: readonly string[]): PreviewedPayer['changes'] =>
  presentIn(present).flatMap(({ column, name, keptWhereEmpty }) => {
    const [before, after] = [row[`old_${column}`] ?? '', row[column] ?? ''];
    return before === after || (keptWhereEmpty && after === '') ? [] : [{ field: name, before, after }];
  });

/** Some payers of the file after this code, in the order of their codes. */
export async function payersAfter(
  db: Knex,
  staged: StagedImport,
  {
    present,
    kind,
    after,
    limit,
  }: { present: readonly string[]; kind: 'new' | 'changed'; after: string; limit: number },
): Promise<PreviewedPayer[]> {
  const columns = payerColumns.map(({ column }) => `s.${column}, old.${column} as old_${column}`).join(', ');
  const rows = rowsOf<PayerRow>(
    await db.raw(
      `select s.code, ${columns} ${fromPayers(db)} and s.code > ? and ${kind === 'new' ? isNew : isChanged(present)}
       order by s.code limit ${limit}`,
      [...bindings(staged), after],
    ),
  );
  return rows.map((row) => ({
    ...{ code: row.code, name: row.name },
    changes: kind === 'changed' ? changesOf(row, present) : [],
  }));
}

/** Some payers who have no slip any more, after this code, with what they had to pay the month before. */
export async function vanishedAfter(
  db: Knex,
  staged: StagedImport,
  { befores, after, limit }: { befores: readonly Before[]; after: string; limit: number },
): Promise<(PreviewedPayer & { totalCents: number })[]> {
  const { before = null, runIds = [] } = befores.at(-1) ?? {};
  if (before === null) return [];
  const runs = listed(runIds);
  const gone = vanished(db, staged, befores);
  const rows = rowsOf<{ code: string; name: string; totalCents: number }>(
    await db.raw(
      `select p.code, p.name, (select sum(b.total_cents) from slips b where b.manager_id = p.manager_id
         and b.payer_id = p.id and b.period = ? and b.run_id in ${runs.sql}) as totalCents
       ${gone.sql} and p.code > ? order by p.code limit ${limit}`,
      [before, ...runs.values, ...gone.values, after],
    ),
  );
  return rows.map((row) => ({ ...row, changes: [] }));
}
