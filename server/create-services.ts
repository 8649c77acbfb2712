import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { createAudit } from './audit/audit.ts';
import type { Config } from './config.ts';
import { connect } from './db/connect.ts';
import { createDocuments } from './documents/documents.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { createHumanCheck } from './human-check/create-human-check.ts';
import { loadKeys } from './keys.ts';
import { createLogger, type Logger } from './logger.ts';
import { createOutbox } from './mail/outbox.ts';
import { ImportJobs } from './modules/imports/import-jobs.ts';
import { PrintJobs } from './modules/print-runs/print-jobs.ts';
import { createPasswords } from './passwords/passwords.ts';
import type { Services } from './services.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export interface Replacements {
  readonly db?: Knex;
  readonly clock?: () => Date;
  readonly logger?: Logger;
}

/** The services as the settings say. Connects to nothing yet. */
export function createServices(config: Config, replacements: Replacements = {}): Services {
  const keys = loadKeys(config);
  const {
    db = connect(config.databaseUrl),
    clock = () => new Date(),
    logger = createLogger(config.logLevel),
  } = replacements;
  const audit = createAudit({ clock, key: keys.audit });
  return {
    config,
    db,
    clock,
    keys,
    logger,
    version,
    limits: createRateLimits(db),
    passwords: createPasswords(config.passwordCost),
    documents: createDocuments(logger),
    humanCheck: createHumanCheck({ config, db, clock, keys, logger, fetch: globalThis.fetch }),
    outbox: createOutbox(clock, new URL(config.publicUrl).hostname),
    audit,
    importJobs: new ImportJobs({ db, clock, logger, dataDir: config.dataDir, databaseUrl: config.databaseUrl }),
    printJobs: new PrintJobs({ audit, db, clock, logger }),
  };
}

export async function closeServices({
  db,
  importJobs,
  passwords,
  documents,
  printJobs,
}: Pick<Services, 'db' | 'importJobs' | 'passwords' | 'documents' | 'printJobs'>): Promise<void> {
  await importJobs.close();
  await printJobs.stop();
  await Promise.all([passwords.close(), documents.close()]);
  await db.destroy();
}
