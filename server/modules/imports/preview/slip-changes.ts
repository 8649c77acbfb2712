import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { bindings, isOurs, type StagedImport } from '../staging/staged-import.ts';
import { listed } from './month-before.ts';
import { isOutlier, isOutlierSql } from './outliers.ts';
import type { Before } from './stored-preview.ts';

/**
 * Slips `s` of the file, the drafts `old` that they replace, and the payer's slip `b` of the month before: only where
 * the payer had one alone, as two would have to be told apart.
 */
function fromSlips(db: Knex, staged: StagedImport, befores: readonly Before[]) {
  const known = befores.filter(({ before }) => before !== null);
  const runs = listed(known.flatMap(({ runIds }) => runIds));
  const periodBefore = known.length === 0 ? `''` : `case s.period ${known.map(() => 'when ? then ?').join(' ')} end`;
  const periods = known.flatMap(({ period, before }) => [period, before!]);
  const ofBefore = (alias: string) =>
    `${alias}.manager_id = s.manager_id and ${alias}.payer_id = p.id and ${alias}.period = ${periodBefore} and ${alias}.run_id in ${runs.sql}`;
  return {
    sql: `from import_slips s ${planOf(db).byKey}
      left join slips old on old.manager_id = s.manager_id and old.number = s.number
      left join payers p on p.manager_id = s.manager_id and p.code = s.payer_code
      left join slips b on ${ofBefore('b')}
        and not exists (select 1 from slips two where ${ofBefore('two')} and two.id <> b.id)
      where ${isOurs('s')}`,
    values: [...periods, ...runs.values, ...periods, ...runs.values, ...bindings(staged)],
  };
}

const isReplacing = 'old.id is not null';
const isOutlying = `b.id is not null and ${isOutlierSql('s.total_cents', 'b.total_cents')}`;

/** How many slips are new, replace a draft, or are outliers. */
export async function countSlips(db: Knex, staged: StagedImport, befores: readonly Before[]) {
  const { sql, values } = fromSlips(db, staged, befores);
  const [sums] = rowsOf<{ slips: number; replaced: number | null; outliers: number | null }>(
    await db.raw(
      `select ${planOf(db).inOrder} count(*) as slips, sum(case when ${isReplacing} then 1 else 0 end) as replaced,
         sum(case when ${isOutlying} then 1 else 0 end) as outliers ${sql}`,
      values,
    ),
  );
  const { slips, replaced, outliers } = sums!;
  return { new: slips - (replaced ?? 0), replaced: replaced ?? 0, outliers: outliers ?? 0 };
}

interface SlipRow {
  readonly number: string;
  readonly period: string;
  readonly payerCode: string;
  readonly cents: number;
  readonly beforeCents: number | null;
  readonly isReplacing: number;
}

interface SlipPage {
  readonly befores: readonly Before[];
  readonly only: 'replacing' | 'outliers' | undefined;
  readonly after: string;
  readonly limit: number;
}

/** Some slips of the file after this number. */
export async function slipsAfter(db: Knex, staged: StagedImport, { befores, only, after, limit }: SlipPage) {
  const { sql, values } = fromSlips(db, staged, befores);
  const wanted = only === 'replacing' ? `and ${isReplacing}` : only === 'outliers' ? `and ${isOutlying}` : '';
  const rows = rowsOf<SlipRow>(
    await db.raw(
      `select ${planOf(db).inOrder} s.number, s.period, s.payer_code as payerCode, s.total_cents as cents,
         b.total_cents as beforeCents, case when ${isReplacing} then 1 else 0 end as isReplacing
       ${sql} and s.number > ? ${wanted} order by s.number limit ${limit}`,
      [...values, after],
    ),
  );
  const names = await namesOf(db, staged, rows.map(({ payerCode }) => payerCode)); // prettier-ignore
  return rows.map((row) => ({
    ...row,
    payerName: names.get(row.payerCode) ?? '',
    isReplacing: row.isReplacing === 1,
    isOutlier: isOutlier(row.cents, row.beforeCents),
  }));
}

/** What the file calls these payers. */
async function namesOf(db: Knex, { managerId, importId }: StagedImport, codes: readonly string[]) {
  const payers: { code: string; name: string }[] = await db('import_payers')
    .where({ manager_id: managerId, import_id: importId })
    .whereIn('code', [...codes])
    .select('code', 'name');
  return new Map(payers.map(({ code, name }) => [code, name]));
}

/** What the slips of these payers come to in the file. */
export async function totalsOf(db: Knex, { managerId, importId }: StagedImport, codes: readonly string[]) {
  const sums: { code: string; cents: number }[] = await db('import_slips')
    .where({ manager_id: managerId, import_id: importId })
    .whereIn('payer_code', [...codes])
    .groupBy('payer_code')
    .select('payer_code as code')
    .sum('total_cents as cents');
  return new Map(sums.map(({ code, cents }) => [code, cents]));
}
