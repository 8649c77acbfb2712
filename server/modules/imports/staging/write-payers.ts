import type { Knex } from 'knex';
import { affected, overwrite, rowsOf } from '../../../db/bulk.ts';
import { payerSearchText } from '../../payers/search-text.ts';
import { writeChangedChannels, writeNewChannels } from './channel-history.ts';
import { inRange, type Range } from './ranges.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';
import { differs, presentColumns } from './written-columns.ts';

/** What residents ask for in the portal as well: an empty field says nothing about it, and what is known stays. */
const keptWhereEmpty = { tax_number: 'taxNumber', email: 'email', channel: 'channel' } as const;

const isGiven = (columns: readonly string[]): string[] =>
  columns.map((column) => `(coalesce(s.${column}, '') <> '' and ${differs([column])})`);

const columnsOf = (present: ReadonlySet<string>) => {
  const own = ['name', ...presentColumns({ street: 'street', town: 'town' }, present)];
  const shared = presentColumns(keptWhereEmpty, present);
  return { own, shared, isChanged: `(${[differs(own), ...isGiven(shared)].join(' or ')})` };
};

const from = `from import_payers s left join payers old on old.manager_id = s.manager_id and old.code = s.code
  where ${isOurs('s')}`;

const select = `insert into payers
    (manager_id, id, code, name, street, town, tax_number, email, channel, search, created_at, updated_at)
  select s.manager_id, s.new_id, s.code, s.name, s.street, s.town, coalesce(s.tax_number, old.tax_number),
    coalesce(s.email, old.email), coalesce(nullif(s.channel, ''), old.channel, 'none'), s.search, ?, ? ${from}`;

/** Those of a range who were not there before. Answers with how many. */
export async function writeNewPayers(trx: Knex, staged: StagedImport, now: string, range: Range): Promise<number> {
  const these = [...bindings(staged), range.after, range.upTo];
  const written: unknown = await trx.raw(`${select} and ${inRange('s', 'code')} and old.id is null`, [
    now,
    now,
    ...these,
  ]);
  await writeNewChannels(trx, staged, now, range);
  return affected(written);
}

/** The codes of payers of whom the file says something new. */
export async function findChangedPayers(db: Knex, staged: StagedImport, present: ReadonlySet<string>) {
  const { isChanged } = columnsOf(present);
  const found: unknown = await db.raw(
    `select s.code ${from} and old.id is not null and ${isChanged}`,
    bindings(staged),
  );
  return rowsOf<{ code: string }>(found).map(({ code }) => code);
}

/** Writes what the file says of some payers who are known. */
export async function writeChangedPayers(
  trx: Knex,
  staged: StagedImport,
  { now, present, codes }: { now: string; present: ReadonlySet<string>; codes: readonly string[] },
): Promise<void> {
  const { own, shared } = columnsOf(present);
  await writeChangedChannels(trx, staged, now, codes);
  const these = codes.map(() => '?').join(', ');
  await trx.raw(
    `${select} and s.code in (${these}) and old.id is not null
     ${overwrite(trx, ['manager_id', 'code'], [...own, ...shared, 'search', 'updated_at'])}`,
    [now, now, ...bindings(staged), ...codes],
  );
  await refreshSearch(trx, staged, codes);
}

/** Where the file lacks what is searched, what we knew of it must stay findable. */
async function refreshSearch(trx: Knex, staged: StagedImport, codes: readonly string[]): Promise<void> {
  const kept = rowsOf<{ id: string; code: string; name: string; street: string; email: string | null }>(
    await trx.raw(
      `select p.id, p.code, p.name, p.street, p.email from import_payers s
       join payers p on p.manager_id = s.manager_id and p.code = s.code
       where ${isOurs('s')} and s.code in (${codes.map(() => '?').join(', ')})
         and (coalesce(p.email, '') <> coalesce(s.email, '') or p.street <> s.street)`,
      [...bindings(staged), ...codes],
    ),
  );
  for (const payer of kept) {
    await trx('payers')
      .where({ manager_id: staged.managerId, id: payer.id })
      .update({ search: payerSearchText(payer) });
  }
}
