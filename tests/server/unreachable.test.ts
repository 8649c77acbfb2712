import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { createLogger } from '../../server/logger.ts';
import type { Services } from '../../server/services.ts';

let folder: string;
let services: Services;
let app: Server;
const logged: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iiportal-unreachable-'));
  logged.length = 0;
});

afterEach(async () => {
  app.close();
  await closeServices(services);
  await rm(folder, { recursive: true });
});

/** The API on a database that is not there, or does not answer. */
async function serve(databaseUrl: string): Promise<string> {
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: databaseUrl });
  services = createServices(config, { logger: createLogger('info', { write: (text) => void logged.push(text) }) });
  app = buildApp(services).listen(0, '127.0.0.1');
  await new Promise((resolve) => app.once('listening', resolve));
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
}

describe('without its database', () => {
  it('the server says that it is unavailable, and logs why', async () => {
    const url = await serve('mysql://root@127.0.0.1:1/none');
    const signIn = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'ana@upravnik.si', password: 'x' }),
    };
    for (const [path, init] of [['/readyz'], ['/api/v1/portal'], ['/api/v1/session', signIn]] as const) {
      const response = await fetch(url + path, init);
      expect([path, response.status]).toEqual([path, 503]);
      expect(await response.json()).toMatchObject({ code: 'unavailable' });
    }
    expect(logged.filter((line) => line.includes('ECONNREFUSED'))).toHaveLength(3);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('a file that is no database is one that is not there', async () => {
    const url = await serve(`sqlite:${folder}`);
    expect((await fetch(`${url}/api/v1/portal`)).status).toBe(503);
  });

  it('/readyz does not wait for one that says nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const url = await serve(`mysql://root@127.0.0.1:${(silent.address() as AddressInfo).port}/none`);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    // Whoever waited with the driver would see it hang up first.
    expect(sockets.map(({ closed, readableEnded }) => closed || readableEnded)).toEqual([false]);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
