import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { AuditEntry, AuditFilter } from '../../../contract/audit.ts';
import { byteOrderMark, csvLine } from '../../csv.ts';
import { namesFor } from './audit-names.ts';
import { presentEntry } from './audit.presenter.ts';
import { pageOfEntries } from './audit.queries.ts';

const header = [
  ...['stevilka', 'cas_utc', 'dejanje', 'kdo_vrsta', 'kdo', 'kdo_e_naslov', 'omrezni_naslov'],
  ...['predmet_vrsta', 'predmet_id', 'predmet', 'podrobnosti'],
];

const lineOf = ({ id, at, action, actor, address, subject, details }: AuditEntry): string =>
  csvLine([
    ...[id, at, action, actor.kind, actor.name ?? '', actor.email ?? '', address ?? ''],
    ...[subject?.kind ?? '', subject?.id ?? '', subject?.name ?? ''],
    Object.entries(details)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(', '),
  ]);

const entriesAtOnce = 1_000;

async function* lines(db: Knex, managerId: string, filter: AuditFilter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(header);
  let cursor: string | null | undefined;
  do {
    const page = await pageOfEntries(db, managerId, { ...filter, limit: entriesAtOnce, ...(cursor && { cursor }) });
    const names = await namesFor(db, managerId, page.items);
    yield page.items.map((row) => lineOf(presentEntry(row, names))).join('');
    cursor = page.nextCursor;
  } while (cursor);
}

/** The entries that fit, newest first, a thousand in memory at a time. Actions go by their names, which never change. */
export const auditFile = (db: Knex, managerId: string, filter: AuditFilter): Readable =>
  Readable.from(lines(db, managerId, filter), { objectMode: false });
