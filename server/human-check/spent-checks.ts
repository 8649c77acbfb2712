import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isUniqueViolation } from '../db/constraints.ts';
import { toInstant } from '../db/time.ts';
import { HumanCheck } from '../models/human-check.ts';

/**
 * Uses something up that counts once, in whichever process: false when it was before. It is remembered until it
 * expires, after which it must be refused for its age.
 */
export async function spend(db: Knex, what: string, expires: Date): Promise<boolean> {
  const id = createHash('sha256').update(what).digest('hex');
  try {
    await HumanCheck.query(db).insert({ id, expiresAt: toInstant(expires) });
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
  return true;
}
