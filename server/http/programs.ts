import type { Knex } from 'knex';
import { programScopes, type ProgramScope } from '../../contract/endpoint.ts';
import { fromInstant, minutes, toInstant } from '../db/time.ts';
import { ApiKey } from '../models/api-key.ts';
import { ApiError } from './api-error.ts';
import type { Actor, Program } from './actor.ts';
import { hashToken, newToken } from './authenticate.ts';

const prefix = 'iip_';

/** 256 random bits. The prefix tells people, and whatever looks for lost secrets in files, what it is. */
export const newProgramKey = (): string => prefix + newToken();

/** As much of a key as may be shown for good: four of its 43 random characters. */
export const beginningOf = (key: string): string => key.slice(0, prefix.length + 4);

/** Tokens of sessions are as long as the random part alone, so one that begins like a key is none. */
export const isProgramKey = (token: string): boolean => token.startsWith(prefix) && token.length > 43;

export const scopesOf = (kept: string): ProgramScope[] =>
  programScopes.filter((scope) => kept.split(' ').includes(scope));

interface ProgramOptions {
  readonly db: Knex;
  readonly clock: () => Date;
}

/**
 * The program that holds this key: it acts for the key's manager alone, as a clerk whose every call must be named in
 * the key's scopes. Once a minute it is noted that the key is in use.
 * @throws not_signed_in when there is no such key, it was revoked or has run out: which of it, is not said
 */
export async function authenticateProgram(
  key: string,
  { db, clock }: ProgramOptions,
): Promise<Actor & { program: Program }> {
  const found = await ApiKey.query(db).findOne({ key_hash: hashToken(key) });
  const now = clock();
  if (!found || found.revokedAt !== null || now >= fromInstant(found.expiresAt)) throw new ApiError('not_signed_in');
  const { managerId, id, name, scopes, lastUsedAt } = found;
  if (lastUsedAt === null || Math.abs(now.getTime() - fromInstant(lastUsedAt).getTime()) > minutes) {
    await ApiKey.query(db)
      .findById([managerId, id])
      .patch({ lastUsedAt: toInstant(now) });
  }
  return {
    accountId: '',
    sessionId: '',
    payers: [],
    roles: [{ managerId, role: 'clerk' }],
    hasSecondFactor: false,
    program: { id, name, scopes: scopesOf(scopes) },
  };
}
