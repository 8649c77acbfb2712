import type { Knex } from 'knex';
import { turnstileTokenIn, type HumanCheckAction } from '../../contract/human-check.ts';
import { later, minutes } from '../db/time.ts';
import { ManagerHost } from '../models/manager-host.ts';
import type { HumanCheck, Verdict } from './human-check.ts';
import { createSiteverify, type SiteverifyOptions, type SiteverifyResult } from './siteverify.ts';
import { spend } from './spent-checks.ts';

const lifetime = 5 * minutes;
/** Our clock may be behind Cloudflare's by so much. */
const clockSkew = 1 * minutes;
/** Cloudflare's tokens are at most that long. */
const longestToken = 2048;

interface TurnstileOptions extends SiteverifyOptions {
  readonly db: Knex;
  readonly clock: () => Date;
  /** The host name of the portal's own address; managers may have others. */
  readonly host: string;
  /** For who cannot reach Cloudflare: a proof of work, which must cost more than where it is the only check. */
  readonly wayAround: HumanCheck;
}

/**
 * Cloudflare Turnstile, shown by a page of ours (modules/human-check). Its word is checked here: for whom, for what,
 * when, and that it counts once. A client that cannot reach Cloudflare gives the answer of the way around.
 */
export function createTurnstile({ db, clock, host, wayAround, ...options }: TurnstileOptions): HumanCheck {
  const siteverify = createSiteverify(options);

  const isOurs = async (name: string): Promise<boolean> =>
    name === host || (await ManagerHost.query(db).findById(name)) !== undefined;

  /** When the challenge was solved; undefined when that is too long ago, to come, or not said. */
  function solvedAt({ challenge_ts: text = '' }: SiteverifyResult): Date | undefined {
    const moment = new Date(text);
    const age = clock().getTime() - moment.getTime();
    return age <= lifetime && age >= -clockSkew ? moment : undefined;
  }

  async function judge(token: string, action: HumanCheckAction): Promise<Verdict> {
    if (token === '' || token.length > longestToken) return 'bad';
    const result = await siteverify(token);
    if (!result) return 'unavailable';
    const solved = solvedAt(result);
    if (!result.success || result.action !== action || !solved) return 'bad';
    if (!(await isOurs(result.hostname ?? ''))) return 'bad';
    return (await spend(db, `turnstile ${token}`, later(solved, lifetime + clockSkew))) ? 'good' : 'bad';
  }

  return {
    kind: 'turnstile',
    challenge: wayAround.challenge,
    verify: (answer, action) => {
      const token = answer === undefined ? undefined : turnstileTokenIn(answer);
      return token === undefined ? wayAround.verify(answer, action) : judge(token, action);
    },
  };
}
