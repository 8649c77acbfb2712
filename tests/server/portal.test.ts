import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPortal } from '../../contract/portal.ts';
import { createManager, createManagerHost } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

/** fetch does not let anybody choose the Host header. */
const askAs = (host: string): Promise<{ manager: { id: string } | null; managers: unknown[] }> =>
  new Promise((resolve, reject) => {
    request(`${server.url}/api/v1/portal`, { headers: { host } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(JSON.parse(text) as never));
    })
      .on('error', reject)
      .end();
  });

describe('GET /portal', () => {
  it('names the manager whose address it is, whatever the case and port', async () => {
    const manager = await createManager(server.db);
    await createManagerHost(server.db, manager.id, 'portal.upravnik.example');
    const answer = await askAs('Portal.Upravnik.example:8443');
    expect(answer.manager?.id).toBe(manager.id);
    expect(answer.managers).toEqual([]);
  });

  it('takes a host name that is none for one that it does not know', async () => {
    await createManager(server.db);
    expect((await askAs('\u00e9.example')).manager).toBeNull();
  });

  it('lists all managers by name where the address names none', async () => {
    await createManager(server.db, { name: 'Žagar' });
    await createManager(server.db, { name: 'Cesar' });
    const { status, body } = await server.api(getPortal);
    expect(status).toBe(200);
    expect(body.manager).toBeNull();
    const names = body.managers.map(({ name }) => name);
    expect(names.indexOf('Cesar')).toBeLessThan(names.indexOf('Žagar'));
  });

  it('tells nothing of a manager but what residents need', async () => {
    const manager = await createManager(server.db, { taxNumber: '12345678' });
    const { body } = await server.api(getPortal);
    const shown = body.managers.find(({ id }) => id === manager.id);
    expect(Object.keys(shown ?? {}).sort()).toEqual(['email', 'id', 'name', 'phone', 'street', 'town']);
  });
});
