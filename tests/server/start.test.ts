import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { ConfigError, readConfig, type Config } from '../../server/config.ts';
import { connect, isMysql } from '../../server/db/connect.ts';
import { migrateUp, NotMigratedError } from '../../server/db/migrate.ts';
import { route } from '../../server/http/route.ts';
import { startServer, type StartOptions } from '../../server/start.ts';
import { eventually } from '../helpers/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

let database: TestDatabase;
let config: Config;

async function onDatabase(migrated: boolean): Promise<void> {
  database = await createTestDatabase({ migrated });
  config = {
    ...readConfig({ DATA_DIR: database.folder, DATABASE_URL: database.url, LOG_LEVEL: 'silent' }),
    port: 0,
  };
}

afterEach(() => database.remove());

async function migrate(): Promise<void> {
  const db = connect(config.databaseUrl);
  await migrateUp(db);
  await db.destroy();
}

const slow = endpoint({
  id: 'test.slow',
  summary: 'For tests.',
  method: 'GET',
  path: '/slow',
  caller: 'anyone',
  response: z.object({ answer: z.number() }),
});

/** A server with an operation that begins when it is asked and ends when the test says so. */
async function startSlow() {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const options: StartOptions = {
    routes: ({ db }) => [
      route(slow, async () => {
        begun.resolve();
        await end.promise;
        await db.raw('select 1'); // The database must still be there.
        return { answer: 42 };
      }),
    ],
  };
  const server = await startServer(config, options);
  return { ...server, url: `http://127.0.0.1:${server.port}`, begun: begun.promise, end: end.resolve };
}

describe('the start', () => {
  beforeEach(() => onDatabase(false));

  it('on MySQL is refused while migrations are lacking; the embedded database is brought up to date', async () => {
    const start = startServer(config);
    if (config.databaseUrl.startsWith('mysql:')) {
      await expect(start).rejects.toThrow(NotMigratedError);
      await migrate();
    } else {
      await (await start).stop();
    }
    const server = await startServer(config);
    const ready = await fetch(`http://127.0.0.1:${server.port}/readyz`);
    expect(ready.status).toBe(200);
    expect(isMysql(server.services.db)).toBe(config.databaseUrl.startsWith('mysql:'));
    await server.stop();
  });

  it.each(['mysql://root@127.0.0.1:1/none', 'sqlite:/dev/null/none/iiportal.db', `sqlite:${import.meta.dirname}`])(
    'says that the database %s cannot be used',
    async (databaseUrl) => {
      await expect(startServer({ ...config, databaseUrl })).rejects.toThrow(ConfigError);
      await expect(startServer({ ...config, databaseUrl })).rejects.toThrow(/DATABASE_URL: /);
    },
  );

  it('says when the port is taken', async () => {
    await migrate();
    const first = await startServer(config);
    await expect(startServer({ ...config, port: first.port })).rejects.toThrow(/HOST, PORT: .*EADDRINUSE/);
    await first.stop();
  });
});

describe('the stop', () => {
  /** Longer than a test may take: one that waits for it fails. */
  const forEver = 600_000;

  beforeEach(() => onDatabase(true));

  it('finishes running requests and takes no new ones', async () => {
    const server = await startSlow();
    const running = fetch(`${server.url}/api/v1/slow`);
    await server.begun;
    const stopped = server.stop();
    await eventually(() => expect(fetch(`${server.url}/healthz`)).rejects.toThrow());
    server.end();
    expect(await (await running).json()).toEqual({ answer: 42 });
    await stopped;
  });

  it('does not wait for connections that are merely kept alive', async () => {
    const server = await startSlow();
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(request(`${server.url}/healthz`, { agent }).end(), 'response')) as [
      NodeJS.ReadableStream,
    ];
    response.resume();
    await once(response, 'end');
    await server.stop(forEver);
    agent.destroy();
  });

  it('does not wait for connections that a browser has opened in advance', async () => {
    const server = await startSlow();
    const socket = createConnection(server.port, '127.0.0.1');
    // By the time of the answer, the server has taken the connection before it, too.
    await once(socket, 'connect');
    await (await fetch(`${server.url}/healthz`)).text();
    await server.stop(forEver);
    socket.destroy();
  });

  it('cuts off what does not end within the limit', async () => {
    const server = await startSlow();
    const running = fetch(`${server.url}/api/v1/slow`);
    const failed = expect(running).rejects.toThrow();
    await server.begun;
    await server.stop(200);
    await failed;
    server.end();
  });
});
