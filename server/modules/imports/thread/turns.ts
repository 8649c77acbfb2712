import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { Knex } from 'knex';
import { isMysql } from '../../../db/connect.ts';

/** Does work that writes to the database when it may; one at a time. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

type Word = 'take' | 'give' | 'yours';

/** Some ten megabytes. */
const turnsToCheckpoint = 16;
const cacheKilobytes = 32 * 1024;

const say = (port: MessagePort, word: Word): void => port.postMessage(word);

/**
 * In a thread that has its own connection to the database. The embedded one takes a single writer at a time and lets
 * the others wait in their driver, which would stop the event loop: there the thread writes only while the main thread
 * lends it the turn. MySQL needs no such thing.
 */
export function borrowTurns(db: Knex, port: MessagePort): Turn {
  if (isMysql(db)) return (work) => work();
  let turns = 0;
  return async (work) => {
    const granted = once(port, 'message');
    say(port, 'take');
    await granted;
    try {
      return await work();
    } finally {
      say(port, 'give');
      // Between two turns, when it keeps nobody waiting: the driver would do it in the middle of one.
      if (++turns % turnsToCheckpoint === 0) await db.raw('pragma wal_checkpoint(passive)');
    }
  };
}

/**
 * Makes the embedded database of a thread fit for great numbers of rows: a cache for what is looked up, and no
 * checkpoints but those between turns.
 */
export async function prepareForBulk(db: Knex): Promise<void> {
  if (isMysql(db)) return;
  await db.raw(`pragma cache_size = -${cacheKilobytes}`);
  await db.raw('pragma wal_autocheckpoint = 0');
}

/**
 * In the main thread: while a turn is lent, the only connection of the embedded database is taken out of its pool, so
 * that requests wait for it as they wait for each other. Call what it answers with when the thread has ended.
 */
export function lendTurns({ client }: Knex, port: MessagePort): () => Promise<void> {
  const pool = client as Knex.Client;
  let lent: Promise<unknown> | undefined;
  const giveBack = async (): Promise<void> => {
    const taken = lent;
    lent = undefined;
    if (taken) pool.releaseConnection(await taken);
  };
  port.on('message', (word: Word) => {
    if (word === 'give') void giveBack();
    else {
      lent = pool.acquireConnection() as Promise<unknown>;
      lent.then(
        () => say(port, 'yours'),
        () => port.close(),
      );
    }
  });
  return async () => {
    port.close();
    await giveBack().catch(() => undefined);
  };
}
