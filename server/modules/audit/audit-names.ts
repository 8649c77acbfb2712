import type { Knex } from 'knex';
import type { EntryRow } from './audit.queries.ts';

/** What the things are called that deeds were done to, by kind: columns of their rows. */
const sources: Readonly<Record<string, { readonly table: string; readonly columns: readonly string[] }>> = {
  payer: { table: 'payers', columns: ['code', 'name'] },
  import: { table: 'imports', columns: ['file_name'] },
  run: { table: 'billing_runs', columns: ['period'] },
  slip: { table: 'slips', columns: ['number'] },
  print_run: { table: 'print_runs', columns: ['period'] },
  invitation: { table: 'invitations', columns: ['email'] },
  api_key: { table: 'api_keys', columns: ['name'] },
};

/** The account behind a deed. */
export interface AuditPerson {
  readonly name: string;
  readonly email: string;
  readonly isStaff: boolean;
}

export interface AuditNames {
  readonly personOf: (accountId: string) => AuditPerson | undefined;
  readonly subjectOf: (kind: string, id: string) => string | undefined;
}

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

async function peopleOf(db: Knex, managerId: string, ids: readonly string[]): Promise<Map<string, AuditPerson>> {
  const rows: { id: string; firstName: string; lastName: string; email: string; role: string | null }[] = await db(
    'accounts as a',
  )
    .leftJoin('staff_roles as r', (on) => on.on('r.account_id', 'a.id').andOn('r.manager_id', db.raw('?', [managerId])))
    .whereIn('a.id', [...ids])
    .select({ id: 'a.id', firstName: 'a.first_name', lastName: 'a.last_name', email: 'a.email', role: 'r.role' });
  return new Map(
    rows.map(({ id, firstName, lastName, email, role }) => [
      id,
      { name: `${firstName} ${lastName}`, email, isStaff: role !== null },
    ]),
  );
}

async function namesOfKind(
  db: Knex,
  managerId: string,
  kind: string,
  ids: readonly string[],
): Promise<[string, string][]> {
  const source = sources[kind];
  if (!source) return [];
  const rows: Record<string, string>[] = await db(source.table)
    .where('manager_id', managerId)
    .whereIn('id', [...ids])
    .select('id', ...source.columns);
  return rows.map((row) => [`${kind} ${row['id']!}`, source.columns.map((column) => row[column]).join(' ')]);
}

/** The names that some entries need, asked for together. */
export async function namesFor(db: Knex, managerId: string, rows: readonly EntryRow[]): Promise<AuditNames> {
  const accounts = rows.flatMap((row) => [row.actorId, row.subjectKind === 'account' ? row.subjectId : null]);
  const people = await peopleOf(db, managerId, unique(accounts));
  const names = new Map<string, string>();
  for (const [kind, ofKind] of Map.groupBy(rows, ({ subjectKind }) => subjectKind ?? '')) {
    const ids = unique(ofKind.map(({ subjectId }) => subjectId));
    for (const [key, name] of await namesOfKind(db, managerId, kind, ids)) names.set(key, name);
  }
  return {
    personOf: (accountId) => people.get(accountId),
    subjectOf: (kind, id) => (kind === 'account' ? people.get(id)?.name : names.get(`${kind} ${id}`)),
  };
}
