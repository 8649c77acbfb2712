import type { Knex } from 'knex';
import type { Config } from '../config.ts';
import type { Keys } from '../keys.ts';
import type { Logger } from '../logger.ts';
import { createAltcha } from './altcha.ts';
import { noHumanCheck, type HumanCheck } from './human-check.ts';
import type { Fetch } from './siteverify.ts';
import { createTurnstile } from './turnstile.ts';

/** How many times the work is where proof of work only stands in for Turnstile: going around it must not pay. */
const wayAroundFactor = 4;

interface Dependencies {
  readonly config: Pick<Config, 'humanCheck' | 'humanCheckWork' | 'publicUrl' | 'turnstile'>;
  readonly db: Knex;
  readonly clock: () => Date;
  readonly keys: Pick<Keys, 'humanCheck'>;
  readonly logger: Logger;
  readonly fetch: Fetch;
}

/** The human check that the settings ask for. */
export function createHumanCheck({ config, db, clock, keys, logger, fetch }: Dependencies): HumanCheck {
  const altcha = (work: number) => createAltcha({ db, clock, key: keys.humanCheck, work });
  if (config.humanCheck === 'off') return noHumanCheck;
  if (!config.turnstile) return altcha(config.humanCheckWork);
  const { origin, secretKey } = config.turnstile;
  const host = new URL(config.publicUrl).hostname;
  const wayAround = altcha(config.humanCheckWork * wayAroundFactor);
  return createTurnstile({ db, clock, logger, fetch, origin, secretKey, host, wayAround });
}
