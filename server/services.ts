import type { Knex } from 'knex';
import type { Audit } from './audit/audit.ts';
import type { Config } from './config.ts';
import type { Documents } from './documents/documents.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { HumanCheck } from './human-check/human-check.ts';
import type { Keys } from './keys.ts';
import type { Logger } from './logger.ts';
import type { Outbox } from './mail/outbox.ts';
import type { ImportJobs } from './modules/imports/import-jobs.ts';
import type { PrintJobs } from './modules/print-runs/print-jobs.ts';
import type { Passwords } from './passwords/passwords.ts';

/** What the modules work with. Made once at the start, replaced piece by piece in tests. */
export interface Services {
  readonly config: Config;
  readonly db: Knex;
  readonly clock: () => Date;
  readonly keys: Keys;
  readonly logger: Logger;
  readonly limits: RateLimits;
  readonly passwords: Passwords;
  readonly documents: Documents;
  readonly humanCheck: HumanCheck;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly importJobs: ImportJobs;
  readonly printJobs: PrintJobs;
  /** The product's version, from package.json. */
  readonly version: string;
}
