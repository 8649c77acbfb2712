import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Knex } from 'knex';
import { connect } from '../../server/db/connect.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let database: TestDatabase;
let db: Knex;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url);
  await db.raw('create table fruit (name varchar(20))');
  await db('fruit').insert({ name: 'hruška' });
});

afterAll(async () => {
  await db.destroy();
  await database.remove();
});

describe('a query that was asked before', () => {
  it('sees what was written since', async () => {
    expect(await db('fruit').select('name')).toEqual([{ name: 'hruška' }]);
    await db('fruit').insert({ name: 'češnja' });
    expect(await db('fruit').select('name')).toEqual([{ name: 'hruška' }, { name: 'češnja' }]);
  });

  it('sees the table as it is since a migration', async () => {
    await db('fruit').where({ name: 'hruška' }).select('*');
    await db.raw("alter table fruit add column colour varchar(20) not null default 'zelena'");
    expect(await db('fruit').where({ name: 'hruška' }).select('*')).toEqual([{ name: 'hruška', colour: 'zelena' }]);
  });

  it('is answered right among hundreds of others', async () => {
    const lengthOf = (text: string) => db.first<object>(db.raw(`length('${text}') as length`));
    for (let round = 0; round < 2; round += 1)
      for (let length = 1; length <= 300; length += 1) expect(await lengthOf('x'.repeat(length))).toEqual({ length });
  });
});
