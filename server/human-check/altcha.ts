import { randomInt, type KeyObject } from 'node:crypto';
import { createChallenge, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Knex } from 'knex';
import { z } from 'zod';
import { humanCheckActionSchema, type HumanCheckAction } from '../../contract/human-check.ts';
import { clockSlack, later, minutes } from '../db/time.ts';
import type { HumanCheck } from './human-check.ts';
import { spend } from './spent-checks.ts';

/** One derivation of 5000 rounds takes about 2 ms on a slow laptop; the client needs as many as `counter` says. */
const rounds = 5000;
const lifetime = 5 * minutes;

const answerSchema = z.object({
  challenge: z.object({
    parameters: z.looseObject({ expiresAt: z.number(), data: z.looseObject({ action: humanCheckActionSchema }) }),
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
  /** A new one makes the challenges that are still open bad, and nothing else: the client asks for another. */
  readonly key: KeyObject;
  /** The most derivations that a challenge may cost. */
  readonly work: number;
}

/** The altcha proof of work, served and checked by ourselves: no third party learns who registers. */
export function createAltcha({ db, clock, key, work }: AltchaOptions): HumanCheck {
  const hmacSignatureSecret = key.export().toString('hex');
  const secrets = { deriveKey, hmacSignatureSecret, hmacKeySignatureSecret: `key ${hmacSignatureSecret}` };

  async function isSolved({ challenge, solution }: Answer, action: HumanCheckAction): Promise<boolean> {
    const { expiresAt, data } = challenge.parameters;
    const left = expiresAt * 1000 - clock().getTime();
    if (left <= 0 || left > lifetime + clockSlack || data.action !== action) return false;
    // The signature is over all parameters, the action among them. What else the library's type has, it made and signed.
    const result = await verifySolution({ ...secrets, challenge: challenge as unknown as Challenge, solution });
    return result.verified;
  }

  const isUnused = ({ challenge }: Answer): Promise<boolean> =>
    spend(db, challenge.signature, new Date(challenge.parameters.expiresAt * 1000));

  return {
    kind: 'altcha',
    challenge: async (action) => ({
      ...(await createChallenge({
        ...secrets,
        algorithm: 'PBKDF2/SHA-256',
        cost: rounds,
        counter: randomInt(Math.ceil(work / 3), work + 1),
        data: { action },
        expiresAt: later(clock(), lifetime),
      })),
    }),
    verify: async (text, action) => {
      const answer = text === undefined ? undefined : decode(text);
      const isGood = answer !== undefined && (await isSolved(answer, action)) && (await isUnused(answer));
      return isGood ? 'good' : 'bad';
    },
  };
}
