import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { RateLimiterMySQL, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import { databaseName, isMysql } from '../db/connect.ts';
import { ApiError } from './api-error.ts';

export interface Limit {
  /** Counts one try. @throws rate_limited */
  readonly consume: (...key: string[]) => Promise<void>;
  /** Takes the tries back: they were good ones. */
  readonly forget: (...key: string[]) => Promise<void>;
}

interface Rule {
  readonly name: string;
  /** So many tries ... */
  readonly points: number;
  /** ... in so many seconds. */
  readonly duration: number;
}

/** The table must not say who tries to sign in: keys are kept as hashes. */
const hash = (key: readonly string[]): string => createHash('sha256').update(key.join('\0')).digest('base64url');

function createLimit(db: Knex, { name, points, duration }: Rule): Limit {
  const Limiter = isMysql(db) ? RateLimiterMySQL : RateLimiterSQLite;
  const limiter = new Limiter({
    storeClient: db,
    storeType: 'knex',
    ...(isMysql(db) ? { dbName: databaseName(db) } : {}),
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: true,
    keyPrefix: name,
    points,
    duration,
  });
  return {
    consume: async (...key) => {
      try {
        await limiter.consume(hash(key));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new ApiError('rate_limited', { retryAfter: Math.ceil(refusal.msBeforeNext / 1000) });
      }
    },
    forget: async (...key) => {
      await limiter.delete(hash(key));
    },
  };
}

const quarter = 15 * 60;
const hour = 60 * 60;

/**
 * Every limit there is, kept in the database, so that they hold over all processes. They pass by themselves. The
 * narrow ones count the caller's address along with the account or payer, so that no single stranger keeps anybody out.
 */
export const createRateLimits = (db: Knex) => ({
  signInAccount: createLimit(db, { name: 'sign-in-account', points: 10, duration: quarter }),
  signInAddress: createLimit(db, { name: 'sign-in-address', points: 100, duration: quarter }),
  signInAll: createLimit(db, { name: 'sign-in-all', points: 1000, duration: 60 }),
  registrationPayer: createLimit(db, { name: 'registration-payer', points: 10, duration: hour }),
  registrationPayerAll: createLimit(db, { name: 'registration-payer-all', points: 100, duration: hour }),
  registrationAddress: createLimit(db, { name: 'registration-address', points: 60, duration: hour }),
  humanCheckAddress: createLimit(db, { name: 'human-check-address', points: 120, duration: hour }),
});

export type RateLimits = ReturnType<typeof createRateLimits>;
