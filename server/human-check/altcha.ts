import { createHash, randomInt, type KeyObject } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Knex } from 'knex';
import { z } from 'zod';
import { isUniqueViolation } from '../db/constraints.ts';
import { later, minutes, toInstant } from '../db/time.ts';
import { HumanCheck as SpentCheck } from '../models/human-check.ts';
import type { HumanCheck } from './human-check.ts';

/** One derivation of 5000 rounds takes about 2 ms on a slow laptop; the client needs as many as `counter` says. */
const rounds = 5000;
const lifetime = 5 * minutes;

const answerSchema = z.object({
  challenge: z.object({
    parameters: z.looseObject({ expiresAt: z.number() }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

type Answer = z.infer<typeof answerSchema>;

function decode(answer: string): Answer | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(Buffer.from(answer, 'base64').toString('utf8'))).data;
  } catch {
    return undefined; // Not JSON: not an answer.
  }
}

interface AltchaOptions {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly key: KeyObject;
  /** The most derivations that a challenge may cost. */
  readonly work: number;
}

/** The altcha proof of work, served and checked by ourselves: no third party learns who registers. */
export function createAltcha({ db, clock, key, work }: AltchaOptions): HumanCheck {
  const hmacSignatureSecret = key.export().toString('hex');
  const secrets = { deriveKey, hmacSignatureSecret, hmacKeySignatureSecret: `key ${hmacSignatureSecret}` };

  async function isSolved({ challenge, solution }: Answer): Promise<boolean> {
    if (challenge.parameters.expiresAt * 1000 <= clock().getTime()) return false;
    const result = await verifySolution({ ...secrets, challenge: challenge as never, solution });
    return result.verified;
  }

  /** A challenge counts once, in whichever process: the second one to write it down has come too late. */
  async function spend({ challenge }: Answer): Promise<boolean> {
    const id = createHash('sha256').update(challenge.signature).digest('hex');
    const expiresAt = toInstant(new Date(challenge.parameters.expiresAt * 1000));
    try {
      await SpentCheck.query(db).insert({ id, expiresAt });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
    await SpentCheck.query(db).delete().where('expires_at', '<', toInstant(clock()));
    return true;
  }

  return {
    kind: 'altcha',
    challenge: async () => ({
      ...(await createChallenge({
        ...secrets,
        algorithm: 'PBKDF2/SHA-256',
        cost: rounds,
        counter: randomInt(Math.ceil(work / 3), work + 1),
        expiresAt: later(clock(), lifetime),
      })),
    }),
    verify: async (text) => {
      const answer = text === undefined ? undefined : decode(text);
      return answer !== undefined && (await isSolved(answer)) && (await spend(answer));
    },
  };
}
