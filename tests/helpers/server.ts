import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from '../../contract/endpoint.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { closeServices, createServices, type Replacements } from '../../server/create-services.ts';
import type { Route } from '../../server/http/route.ts';
import type { Services } from '../../server/services.ts';
import { callApi, type ApiAnswer, type ApiCall } from './call-api.ts';
import { createTestDatabase } from './test-database.ts';

export interface TestServer {
  readonly url: string;
  readonly db: Services['db'];
  readonly services: Services;
  readonly api: <E extends Endpoint>(operation: E, call?: ApiCall<E>) => Promise<ApiAnswer<E>>;
  readonly close: () => Promise<void>;
}

export interface TestServerOptions extends Replacements {
  readonly config?: Partial<Config>;
  /** Other services than the settings make. */
  readonly services?: Partial<Services>;
  /** Instead of the modules' routes; they are given the services. */
  readonly routes?: (services: Services) => Route[];
}

/**
 * The API on a fresh, migrated database of the kind that TEST_DATABASE names, on a free port. Passwords cost little
 * and there is no human check unless a test asks for one. Mails stay in the outbox.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase({ migrated: true });
  const config: Config = {
    ...readConfig({ DATA_DIR: database.folder, DATABASE_URL: database.url, HUMAN_CHECK: 'off', LOG_LEVEL: 'error' }),
    passwordCost: 4,
    ...options.config,
  };
  const services = { ...createServices(config, options), ...options.services };
  const app = buildApp(services, options.routes?.(services));
  const server = createServer((request, response) => void app.callback()(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    db: services.db,
    services,
    api: (operation, given = {}) => callApi(url, operation, given),
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await closeServices(services);
      await database.remove();
    },
  };
}
