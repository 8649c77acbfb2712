import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../server/db/connect.ts';
import { transaction } from '../../server/db/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let database: TestDatabase;
/** As of two processes: the server and an operator's command. */
let one: Knex;
let other: Knex;

beforeAll(async () => {
  database = await createTestDatabase();
  one = connect(database.url);
  other = connect(database.url);
  await one.raw('create table counter (id integer primary key, value integer not null)');
  await one('counter').insert({ id: 1, value: 0 });
});

afterAll(async () => {
  await one.destroy();
  await other.destroy();
  await database.remove();
});

describe('a transaction', () => {
  it('begins again when another process has written what it read', async () => {
    let tries = 0;
    await transaction(one, async (trx) => {
      tries += 1;
      await trx('counter').where({ id: 1 }).first();
      if (tries === 1) await other('counter').where({ id: 1 }).increment('value', 10);
      await trx('counter').where({ id: 1 }).increment('value', 1);
    });
    expect(await one('counter').first()).toEqual({ id: 1, value: 11 });
  });

  it('fails at once for any other reason, and leaves nothing', async () => {
    let tries = 0;
    const work = transaction(one, async (trx) => {
      tries += 1;
      await trx('counter').where({ id: 1 }).update({ value: 99 });
      throw new Error('not today');
    });
    await expect(work).rejects.toThrow('not today');
    expect([tries, await one('counter').first()]).toEqual([1, { id: 1, value: 11 }]);
  });
});
