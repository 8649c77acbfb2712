import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  isBinary,
  pathOf,
  type BodyInput,
  type Endpoint,
  type ParamsInput,
  type QueryInput,
  type ResponseOf,
} from '../../contract/endpoint.ts';
import type { Problem } from '../../contract/errors.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { closeServices, createServices, type Replacements } from '../../server/create-services.ts';
import type { Route } from '../../server/http/route.ts';
import type { Services } from '../../server/services.ts';
import { createTestDatabase } from './test-database.ts';

export interface ApiCall<E extends Endpoint> {
  readonly params?: ParamsInput<E>;
  readonly query?: QueryInput<E>;
  readonly body?: BodyInput<E>;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  /** The bytes of an operation with a binary body. */
  readonly bytes?: Uint8Array<ArrayBuffer> | string;
}

export interface ApiAnswer<E extends Endpoint> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed answer, of a success with a JSON body. */
  readonly body: ResponseOf<E>;
  /** The parsed problem, of a failure. */
  readonly problem: Problem;
  readonly bytes: Buffer;
}

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

function requestOf<E extends Endpoint>(operation: E, { body, bytes, token, headers }: ApiCall<E>): RequestInit {
  const mediaType = isBinary(operation.body) ? (operation.body.binary[0] ?? '') : 'application/json';
  const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    method: operation.method,
    headers: {
      ...(payload === undefined ? {} : { 'Content-Type': mediaType }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  };
}

async function call<E extends Endpoint>(url: string, operation: E, given: ApiCall<E>): Promise<ApiAnswer<E>> {
  const address = new URL(url + pathOf(operation, given.params as Record<string, string> | undefined));
  for (const [name, value] of Object.entries(given.query ?? {})) address.searchParams.set(name, String(value));
  const response = await fetch(address, requestOf(operation, given));
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const parsed: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    body: (response.ok ? parsed : undefined) as ResponseOf<E>,
    problem: (response.ok ? undefined : parsed) as Problem,
    bytes,
  };
}

/**
 * The API on a fresh, migrated database of the kind that TEST_DATABASE names, on a free port. Passwords cost little
 * and there is no human check unless a test asks for one. Mails stay in the outbox.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const config: Config = {
    ...readConfig({ DATA_DIR: database.folder, DATABASE_URL: database.url, HUMAN_CHECK: 'off', LOG_LEVEL: 'error' }),
    passwordCost: 4,
    ...options.config,
  };
  const services = { ...createServices(config, options), ...options.services };
  await services.db.migrate.latest();
  const app = buildApp(services, options.routes?.(services));
  const server = createServer((request, response) => void app.callback()(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    db: services.db,
    services,
    api: (operation, given = {}) => call(url, operation, given),
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
