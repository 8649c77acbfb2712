import { availableParallelism } from 'node:os';
import bcrypt from 'bcryptjs';
import { Tinypool } from 'tinypool';
import { ApiError } from '../http/api-error.ts';
import type { PasswordTask } from './worker.ts';

/** Hashes and checks the passwords of accounts, in worker threads. */
export interface Passwords {
  readonly hash: (password: string) => Promise<string>;
  /** Takes the same time whether there is a hash to compare with or not. */
  readonly verify: (password: string, hash: string | undefined) => Promise<boolean>;
  /** Whether the hash was made at another cost than is asked for today. */
  readonly isOutdated: (hash: string) => boolean;
  readonly close: () => Promise<void>;
}

/** A hash that no password has: the 31 characters of its digest part are not the digest of anything we know. */
const impossibleHash = (cost: number): string =>
  `$2b$${String(cost).padStart(2, '0')}$abcdefghijklmnopqrstuu${'0123456789'.repeat(3)}O`;

/** One core is left to the event loop; two workers are kept busy side by side even where there are only two. */
const mostWorkers = Math.max(2, availableParallelism() - 1);

/** Work for half a minute or so: whoever comes after that would have given up before the turn came. */
const mostWaiting = 200;

/** Everything here fails with ApiError `unavailable` when too many are waiting. */
export function createPasswords(cost: number, workers = mostWorkers): Passwords {
  const pool = new Tinypool({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 60_000,
  });
  async function run(task: PasswordTask): Promise<string | boolean> {
    if (pool.queueSize >= mostWaiting) throw new ApiError('unavailable');
    return (await pool.run(task)) as string | boolean;
  }

  return {
    hash: async (password) => (await run({ kind: 'hash', password, cost })) as string,
    verify: async (password, hash) => {
      const matches = await run({ kind: 'verify', password, hash: hash ?? impossibleHash(cost) });
      return hash !== undefined && matches === true;
    },
    isOutdated: (hash) => bcrypt.getRounds(hash) !== cost,
    close: () => pool.destroy(),
  };
}
