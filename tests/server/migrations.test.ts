import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, isMysql } from '../../server/db/connect.ts';
import { brokenConstraint, uniqueConstraints, type UniqueConstraint } from '../../server/db/constraints.ts';
import { ensureMigrated, migrateDown, migrateUp, NotMigratedError } from '../../server/db/migrate.ts';
import { payerSearchText } from '../../server/modules/payers/search-text.ts';
import { createAccount, createManager, createPayer } from '../helpers/factories.ts';
import { createWholeSlip } from '../helpers/slip-factories.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let database: TestDatabase;
let db: Knex;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url);
});

afterAll(async () => {
  await db.destroy();
  await database.remove();
});

async function tables(): Promise<string[]> {
  const sql = isMysql(db)
    ? 'select table_name as name from information_schema.tables where table_schema = database()'
    : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
  const answer = (await db.raw(sql)) as [{ name: string }[]] & { name: string }[];
  const rows = isMysql(db) ? answer[0] : answer;
  return rows.map(({ name }) => name).filter((name) => !name.startsWith('migrations'));
}

describe('the migrations', () => {
  it('refuse a MySQL database that lacks some, and bring an embedded one up to date', async () => {
    if (!isMysql(db)) return ensureMigrated(db);
    await expect(ensureMigrated(db)).rejects.toThrow(NotMigratedError);
  });

  it('go up, down to nothing one by one, and up again', async () => {
    await migrateUp(db);
    const all = await tables();
    expect(all).toEqual(expect.arrayContaining(['managers', 'slips', 'slip_items', 'sessions', 'mails']));
    let steps = 0;
    while ((await migrateDown(db)).length > 0) steps += 1;
    expect(steps).toBeGreaterThanOrEqual(18);
    expect(await tables()).toEqual([]);
    await migrateUp(db);
    expect((await tables()).sort()).toEqual(all.sort());
    await expect(ensureMigrated(db)).resolves.toBeUndefined();
  }, 120_000);
});

describe('the migrations of a database in use', () => {
  it('go down and up with what is in it, and payers are found again', async () => {
    const manager = await createManager(db);
    const payer = await createPayer(db, manager.id, { code: '104217', name: 'Čehovin Žan', street: 'Đurina 5' });
    await createWholeSlip(db, payer);
    while (await db.schema.hasColumn('payers', 'search')) await migrateDown(db);
    expect(await db('payers').where({ id: payer.id }).first('code')).toEqual({ code: '104217' });
    await migrateUp(db);
    const found: unknown = await db('payers').where({ id: payer.id }).first('search');
    expect(found).toEqual({ search: payerSearchText(payer) });
    expect(payerSearchText(payer)).toContain('cehovin zan durina 5');
    while ((await migrateDown(db)).length > 0);
    expect(await tables()).toEqual([]);
    await migrateUp(db);
  }, 120_000);
});

describe('the connection', () => {
  it('gives sums and counts as numbers and moments as they were written', async () => {
    const manager = await createManager(db, { createdAt: '2026-10-31 10:20:30.123' });
    expect(manager.createdAt).toBe('2026-10-31 10:20:30.123');
    const row = await db('managers')
      .count({ n: '*' })
      .sum({ s: db.raw('9000000000') })
      .first();
    expect(row).toEqual({ n: 1, s: 9_000_000_000 });
  });

  it('refuses what does not fit instead of cutting it off', async () => {
    if (!isMysql(db)) return; // SQLite knows no lengths: there the contract's schemas are the limit.
    await expect(createManager(db, { name: 'x'.repeat(201) })).rejects.toThrow();
  });

  it('keeps rows from losing what they belong to', async () => {
    await expect(createPayer(db, randomBytes(16).toString('hex'))).rejects.toThrow(/foreign key/i);
  });

  it('keeps every letter', async () => {
    const name = 'čšž ćđ ČŠŽ 😀';
    expect((await createManager(db, { name })).name).toBe(name);
  });
});

describe('brokenConstraint', () => {
  it('names a broken constraint', async () => {
    const { email } = await createAccount(db);
    const error: unknown = await createAccount(db, { email }).catch((reason: unknown) => reason);
    expect(brokenConstraint(error)).toBe('accounts_email_uq');
  });

  it('says nothing about other failures', async () => {
    const { id } = await createAccount(db);
    const error: unknown = await createAccount(db, { id }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(brokenConstraint(error)).toBeUndefined();
    expect(brokenConstraint(new Error('accounts_email_uq'))).toBeUndefined();
  });

  it('tells payer codes that differ in case apart on both databases, and nothing else', async () => {
    const manager = await createManager(db);
    await createPayer(db, manager.id, { code: 'A1' });
    const error: unknown = await createPayer(db, manager.id, { code: 'A1' }).catch((reason: unknown) => reason);
    expect(brokenConstraint(error)).toBe('payers_code_uq');
    await expect(createPayer(db, manager.id, { code: 'a1' })).resolves.toBeDefined();
  });

  it.each(Object.keys(uniqueConstraints) as UniqueConstraint[])('knows %s as the migrations made it', async (name) => {
    const { table, columns } = uniqueConstraints[name];
    const sql = isMysql(db)
      ? 'select column_name as name from information_schema.statistics where table_schema = database() and table_name = ? and index_name = ? and non_unique = 0 order by seq_in_index'
      : 'select info.name from pragma_index_list(?) as list, pragma_index_info(list.name) as info where list.name = ? and list."unique" = 1 order by info.seqno';
    const answer = (await db.raw(sql, [table, name])) as [{ name: string }[]] & { name: string }[];
    expect((isMysql(db) ? answer[0] : answer).map((row) => row.name)).toEqual([...columns]);
  });
});
