import { readConfig } from '../config.ts';
import { closeServices, createServices } from '../create-services.ts';
import { migrateDown, migrateUp } from '../db/migrate.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  words: 'migrate',
  summary: 'Brings the database up to date.',
  options: { down: { value: false, help: 'Take back the newest migration instead, with the data of its table' } },
  run: async (given) => {
    const services = createServices(readConfig(process.env));
    try {
      const names = await (given.isSet('down') ? migrateDown(services.db) : migrateUp(services.db));
      for (const name of names) console.log(name);
      if (names.length === 0) console.log('Nothing to do.');
    } finally {
      await closeServices(services);
    }
  },
};
