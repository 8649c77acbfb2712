import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { RateLimiterMySQL, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import { databaseName, isMysql } from '../db/connect.ts';
import { ApiError } from './api-error.ts';

/**
 * What is counted: the subject (an account, an e-mail as typed, a payer, an address), and in some limits what narrows
 * it further (the caller's address). All limits of a subject can be found, and lifted, together.
 */
type Key = readonly [subject: string, ...rest: string[]];

export interface Limit {
  /**
   * Counts one try and lets it through. Comes before what is tried, so that parallel tries cannot slip past.
   * @returns the seconds after which the next one is let through; 0: at once
   * @throws rate_limited, by which no wait becomes longer
   */
  readonly consume: (...key: Key) => Promise<number>;
  /** Counts nothing. @throws rate_limited when a try would be refused now */
  readonly check: (...key: Key) => Promise<void>;
  /** How many tries are counted at the moment. */
  readonly tries: (...key: Key) => Promise<number>;
  /** Takes the tries back: they were good ones. */
  readonly forget: (...key: Key) => Promise<void>;
  /** Until when some of the subject's tries are refused; undefined when none is. */
  readonly standing: (db: Knex, subject: string) => Promise<Date | undefined>;
  /** Forgets all tries of the subject, wherever they came from. */
  readonly lift: (db: Knex, subject: string) => Promise<void>;
}

/**
 * Does what may be tried only so often. The try is counted before it, so that parallel ones cannot slip past; when it
 * was a good one, those before it are forgotten.
 * @throws rate_limited, and what the work throws
 */
export async function counted<T>(limit: Limit, key: Key, work: () => Promise<T>): Promise<T> {
  await limit.consume(...key);
  const result = await work();
  await limit.forget(...key);
  return result;
}

/** Counts and refuses nothing: who asks it decides what follows. */
export interface Tally {
  readonly count: (subject: string) => Promise<void>;
  /** Whether so much was counted that something follows. */
  readonly isOver: (subject: string) => Promise<boolean>;
  readonly lift: (db: Knex, subject: string) => Promise<void>;
}

interface Window {
  readonly name: string;
  /** So many tries ... */
  readonly points: number;
  /** ... in so many seconds. */
  readonly duration: number;
}

interface Growing {
  readonly name: string;
  /** So many tries wait for nothing; then each waits longer than the one before. */
  readonly free: number;
  /** Seconds that the first of them waits: the next one waits twice as long, and so on ... */
  readonly first: number;
  /** ... up to so many. */
  readonly most: number;
  /** Seconds after the first try when all are forgotten; at most `longestMemory`. */
  readonly memory: number;
}

const table = 'rate_limits';

/** The table must not say who tries to sign in: keys are kept as hashes. */
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

const keyOf = ([subject, ...rest]: Key): string => `${hash(subject)}:${rest.length > 0 ? hash(rest.join('\0')) : ''}`;

interface Counting {
  readonly points: number;
  readonly duration: number;
}

function createLimiter(db: Knex, keyPrefix: string, counting: Counting) {
  const store = { storeClient: db, storeType: 'knex', tableName: table, tableCreated: true };
  // The rows of all limits are swept together.
  const options = { ...store, ...counting, keyPrefix, clearExpiredByTimeout: false };
  return isMysql(db) ? new RateLimiterMySQL({ ...options, dbName: databaseName(db) }) : new RateLimiterSQLite(options);
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

function refused(refusal: unknown): unknown {
  if (!(refusal instanceof RateLimiterRes)) return refusal;
  return new ApiError('rate_limited', { retryAfter: Math.max(1, seconds(refusal.msBeforeNext)) });
}

/** The rows of one subject: they stand side by side in the primary key, as `;` comes right after `:`. */
const rowsOf = (db: Knex, name: string, subject: string) =>
  db(table).whereBetween('key', [`${name}:${hash(subject)}:`, `${name}:${hash(subject)};`]);

/** @param points from how many counted tries on the next one is refused */
async function standing(db: Knex, name: string, subject: string, points: number): Promise<Date | undefined> {
  // The library reads the machine's clock, and so must who reads its rows.
  const newest = await rowsOf(db, name, subject)
    .where('points', '>=', points)
    .where('expire', '>', Date.now())
    .max<{ until: number | null }[]>('expire as until');
  const until = newest[0]?.until ?? null;
  return until === null ? undefined : new Date(until);
}

/** Is over at so many points in so much time; the time begins with the first of them. */
export function tally(db: Knex, { name, points, duration }: Window): Tally {
  const limiter = createLimiter(db, name, { points, duration });
  return {
    count: async (subject) => {
      await limiter.penalty(keyOf([subject]));
    },
    isOver: async (subject) => ((await limiter.get(keyOf([subject])))?.consumedPoints ?? 0) >= points,
    lift: async (trx, subject) => {
      await rowsOf(trx, name, subject).delete();
    },
  };
}

/** So many tries in so much time; the time begins with the first of them. */
export function windowLimit(db: Knex, { name, points, duration }: Window): Limit {
  const limiter = createLimiter(db, name, { points, duration });
  const next = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => (remainingPoints > 0 ? 0 : seconds(msBeforeNext));
  return {
    consume: async (...key) => {
      try {
        return next(await limiter.consume(keyOf(key)));
      } catch (refusal) {
        throw refused(refusal);
      }
    },
    check: async (...key) => {
      const counted = await limiter.get(keyOf(key));
      if (counted && counted.consumedPoints >= points) throw refused(counted);
    },
    tries: async (...key) => (await limiter.get(keyOf(key)))?.consumedPoints ?? 0,
    forget: async (...key) => {
      await limiter.delete(keyOf(key));
    },
    standing: (reader, subject) => standing(reader, name, subject, points),
    lift: async (trx, subject) => {
      await rowsOf(trx, name, subject).delete();
    },
  };
}

/**
 * After so many free tries each one waits, twice as long as the one before it. Two rows: `name` counts the tries,
 * `name.wait` holds the one that was let through last until the wait is over. Who tries in the meantime is refused,
 * and the wait does not become longer by it.
 */
export function growingLimit(db: Knex, { name, free, first, most, memory }: Growing): Limit {
  const counter = createLimiter(db, name, { points: Number.MAX_SAFE_INTEGER, duration: memory });
  const wait = createLimiter(db, `${name}.wait`, { points: 1, duration: first });
  const waitAfter = (tries: number): number => Math.min(first * 2 ** (tries - free), most);
  return {
    consume: async (...key) => {
      const { consumedPoints } = await counter.penalty(keyOf(key));
      if (consumedPoints < free) return 0;
      const customDuration = waitAfter(consumedPoints);
      try {
        await wait.consume(keyOf(key), 1, { customDuration });
        return customDuration;
      } catch (refusal) {
        await counter.reward(keyOf(key));
        throw refused(refusal);
      }
    },
    check: async (...key) => {
      const waiting = await wait.get(keyOf(key));
      if (waiting) throw refused(waiting);
    },
    tries: async (...key) => (await counter.get(keyOf(key)))?.consumedPoints ?? 0,
    forget: async (...key) => {
      await Promise.all([counter.delete(keyOf(key)), wait.delete(keyOf(key))]);
    },
    standing: (reader, subject) => standing(reader, `${name}.wait`, subject, 1),
    lift: async (trx, subject) => {
      await rowsOf(trx, name, subject).delete();
      await rowsOf(trx, `${name}.wait`, subject).delete();
    },
  };
}

/** The longest memory that a limit may have, in seconds. */
export const longestMemory = 24 * 60 * 60;

/**
 * Takes the rows away that no limit needs any more, and those that would be needed for longer than any limit lasts:
 * they come from before the clock was set back, and would keep people out until it gets there again.
 */
export async function sweepLimits(db: Knex): Promise<void> {
  const now = Date.now();
  const latest = now + longestMemory * 1000;
  await db(table).where('expire', '<', now).orWhere('expire', '>', latest).delete();
}
