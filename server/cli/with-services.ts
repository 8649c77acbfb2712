import { readConfig } from '../config.ts';
import { closeServices, createServices } from '../create-services.ts';
import { ensureMigrated } from '../db/migrate.ts';
import type { Services } from '../services.ts';

/** Runs work on the database that the settings name, as far as it is up to date. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const services = createServices(readConfig(process.env));
  try {
    await ensureMigrated(services.db);
    return await work(services);
  } finally {
    await closeServices(services);
  }
}
