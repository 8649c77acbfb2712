import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { binary, endpoint } from '../../contract/endpoint.ts';
import { assertComplete } from '../../server/app.ts';
import { addressFinder, addressPrefix } from '../../server/http/address.ts';
import { staffManager } from '../../server/http/actor.ts';
import { ApiError } from '../../server/http/api-error.ts';
import { jsonBodyMs, maxJsonBytes, readJson } from '../../server/http/read-json.ts';
import { route } from '../../server/http/route.ts';
import { stream } from '../../server/http/streamed.ts';
import { createRoutes } from '../../server/modules/index.ts';
import { createLogger } from '../../server/logger.ts';
import { createAccount, createManager, createStaff, createToken } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

/** An operation of the test's own. */
const shared = { summary: 'For tests.', caller: 'anyone' } as const;
const echo = endpoint({
  ...shared,
  id: 'test.echo',
  method: 'POST',
  path: '/test/{name}',
  params: z.object({ name: z.string().max(20) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  body: z.object({ text: z.string().trim() }),
  response: z.object({ name: z.string(), limit: z.number(), text: z.string() }),
});
const fails = endpoint({
  ...shared,
  id: 'test.fails',
  method: 'GET',
  path: '/failure',
  query: z.object({ how: z.enum(['throw', 'database', 'shape', 'type', 'api']) }),
  response: z.object({ secret: z.string().optional(), n: z.number() }),
  errors: ['import_running'],
});
const upload = endpoint({
  ...shared,
  id: 'test.upload',
  method: 'POST',
  path: '/upload',
  body: binary('text/csv'),
  response: z.object({ bytes: z.number(), length: z.number().nullable() }),
});
const download = endpoint({
  ...shared,
  id: 'test.download',
  method: 'GET',
  path: '/download',
  response: z.object({ json: z.literal(true) }),
  alternative: binary('application/pdf'),
  errors: ['not_acceptable'],
});
const breaks = endpoint({
  ...shared,
  id: 'test.breaks',
  method: 'GET',
  path: '/broken-off',
  response: binary('application/pdf'),
});
const admins = endpoint({
  ...shared,
  id: 'test.admins',
  method: 'GET',
  path: '/admins',
  caller: 'admin',
  response: z.object({ managerId: z.string() }),
});

let server: TestServer;
const logged: string[] = [];

beforeAll(async () => {
  server = await startTestServer({
    logger: createLogger('info', { write: (text) => void logged.push(text) }),
    routes: ({ db }) => [
      route(echo, ({ params, query, body }) => {
        const answer = { name: params.name, limit: query.limit, text: body.text, passwordHash: 'not for you' };
        return Promise.resolve(answer);
      }),
      route(fails, async ({ query }) => {
        if (query.how === 'throw') throw new Error('geslo=Skrivno1!');
        if (query.how === 'database') await db('accounts').insert({ id: 'Skrivno1!', email: 'Skrivno1!' });
        if (query.how === 'api') throw new ApiError('import_running');
        if (query.how === 'type') return stream('text/html', Buffer.from('<b>'));
        return { n: 'Skrivno1!' } as never;
      }),
      route(upload, async ({ request }) => {
        let bytes = 0;
        for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length;
        return { bytes, length: request.length ?? null };
      }),
      route(download, ({ request }) => {
        if (request.accepts('application/json', 'application/pdf') === 'application/json')
          return Promise.resolve({ json: true as const });
        const body = Readable.from([Buffer.from('%PDF-'), Buffer.from('1.7')]);
        return Promise.resolve(stream('application/pdf', body, { fileName: 'razdelilnik-šč.pdf' }));
      }),
      route(breaks, () => {
        async function* halfOfIt(): AsyncGenerator<Buffer> {
          yield Buffer.from('%PDF-');
          await new Promise((resolve) => setTimeout(resolve, 50));
          throw new Error('the other half');
        }
        return Promise.resolve(stream('application/pdf', Readable.from(halfOfIt())));
      }),
      route(admins, ({ actor }) => Promise.resolve({ managerId: staffManager(actor, undefined, 'admin') })),
    ],
  });
});

afterAll(() => server.close());

const call = { params: { name: 'ime' }, body: { text: '  besedilo ' } };

describe('the guard', () => {
  it('parses what comes in and cuts off what must not go out', async () => {
    const { status, body } = await server.api(echo, { ...call, query: { limit: '7' } });
    expect([status, body]).toEqual([200, { name: 'ime', limit: 7, text: 'besedilo' }]);
  });

  it('names the faulty field and the rule, not the value', async () => {
    const query = await server.api(echo, { ...call, query: { limit: 'x' } });
    expect(query.problem).toMatchObject({ status: 400, code: 'invalid_request', fields: [{ path: 'limit' }] });
    const body = await server.api(echo, { ...call, body: { text: 7 } as never });
    expect(body.problem.fields).toEqual([{ path: 'text', rule: 'invalid_type' }]);
    const missing = await server.api(echo, { params: call.params });
    expect(missing.problem.code).toBe('invalid_request');
  });

  it('takes JSON alone, and says so', async () => {
    const text = await server.api(echo, { ...call, headers: { 'Content-Type': 'text/plain' } });
    expect([text.status, text.problem.code]).toEqual([415, 'unsupported_media_type']);
    const broken = await server.api(echo, { params: call.params, bytes: '{"text":' });
    expect(broken.problem).toMatchObject({ code: 'invalid_request', fields: [{ path: '', rule: 'json' }] });
  });

  it('takes no large bodies, announced or not', async () => {
    const bytes = JSON.stringify({ text: 'x'.repeat(maxJsonBytes) });
    const announced = await server.api(echo, { params: call.params, bytes });
    expect([announced.status, announced.problem.code]).toEqual([413, 'body_too_large']);
    const streamed = await fetch(`${server.url}/api/v1/test/ime`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob([bytes]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  it('answers too large a body without cutting the connection, which carries the next request as well', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connectSocket(Number(port), hostname);
    let answers = '';
    socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
    const head = 'POST /api/v1/test/ime HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it('waits for JSON half a minute, and then no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const request = Object.assign(new PassThrough(), { headers: { 'transfer-encoding': 'chunked' } });
      const reading = readJson(request as unknown as IncomingMessage, 'application/json');
      const failed = expect(reading).rejects.toThrow();
      request.write('{"text":');
      vi.advanceTimersByTime(jsonBodyMs - 1);
      expect(request.destroyed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(request.destroyed).toBe(true);
      await failed;
    } finally {
      vi.useRealTimers();
    }
  });

  it('hands over uploads as a stream of the declared type', async () => {
    const bytes = 'x'.repeat(1_000_000);
    const { body } = await server.api(upload, { bytes });
    expect(body).toEqual({ bytes: 1_000_000, length: 1_000_000 });
    const refused = await server.api(upload, { bytes, headers: { 'Content-Type': 'text/html' } });
    expect(refused.problem.code).toBe('unsupported_media_type');
  });

  it('answers in the form that was asked for', async () => {
    expect((await server.api(download)).body).toEqual({ json: true });
    const pdf = await server.api(download, { headers: { Accept: 'application/pdf' } });
    expect(pdf.headers.get('Content-Type')).toBe('application/pdf');
    expect(pdf.bytes.toString()).toBe('%PDF-1.7');
    expect(pdf.headers.get('Content-Disposition')).toContain("filename*=UTF-8''razdelilnik-%C5%A1%C4%8D.pdf");
    const other = await server.api(download, { headers: { Accept: 'image/png' } });
    expect([other.status, other.problem.code]).toEqual([406, 'not_acceptable']);
  });

  it('lets an admin in, at one manager alone without a name', async () => {
    const { db } = server;
    const manager = await createManager(db);
    const { account, token } = await createStaff(db, manager.id, 'admin');
    expect((await server.api(admins, { token })).body.managerId).toBe(manager.id);
    const clerk = await createStaff(db, manager.id, 'clerk');
    expect((await server.api(admins, { token: clerk.token })).problem.code).toBe('forbidden');
    const nobody = await createToken(db, (await createAccount(db)).id);
    expect((await server.api(admins, { token: nobody })).problem.code).toBe('forbidden');
    await db('staff_roles').insert({ manager_id: (await createManager(db)).id, account_id: account.id, role: 'admin' });
    expect((await server.api(admins, { token })).problem.code).toBe('manager_required');
    await db('staff_roles').where({ account_id: account.id }).del();
    expect((await server.api(admins, { token })).problem.code).toBe('forbidden');
  });
});

describe('failures', () => {
  it.each(['throw', 'database', 'shape', 'type'] as const)('of kind %s are a 500 that tells nothing', async (how) => {
    logged.length = 0;
    const { status, problem, headers, bytes } = await server.api(fails, { query: { how } });
    expect(status).toBe(500);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(bytes.toString()).not.toContain('Skrivno1!');
    const { requestId = '' } = problem;
    expect(problem).toEqual({
      type: 'iiportal:error:internal',
      title: 'internal',
      status: 500,
      code: 'internal',
      requestId,
    });
    expect(headers.get('X-Request-Id')).toBe(requestId);
    const entry = logged.map((line) => JSON.parse(line) as { requestId: string; err?: { stack: string } });
    expect(entry.find(({ requestId: id, err }) => id === requestId && err)?.err?.stack).toContain('at ');
  });

  it('of the database are logged without the values', async () => {
    logged.length = 0;
    await server.api(fails, { query: { how: 'database' } });
    expect(logged.join()).toMatch(/insert into `accounts`/);
    expect(logged.join()).not.toContain('Skrivno1!');
  });

  it('in the middle of an answer cut it off, and are logged', async () => {
    logged.length = 0;
    await expect(server.api(breaks)).rejects.toThrow();
    const entries = logged.map((line) => JSON.parse(line) as { level: number; requestId: string; err?: object });
    const failure = entries.find(({ err }) => err);
    expect(failure).toMatchObject({ level: 50, err: { message: 'the other half' } });
    expect(entries.find(({ err }) => !err)?.requestId).toBe(failure?.requestId);
  });

  it('that were foreseen are their code', async () => {
    const { status, problem } = await server.api(fails, { query: { how: 'api' } });
    expect([status, problem.code]).toEqual([409, 'import_running']);
  });
});

describe('any answer', () => {
  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

  it.each([
    ['/nowhere', 'GET', 404, 'not_found'],
    ['/api/v1/nowhere', 'GET', 404, 'not_found'],
    ['/api/v1/test/%ff', 'POST', 400, 'invalid_request'],
    ['/api/v1/failure', 'DELETE', 405, 'method_not_allowed'],
    ['/healthz', 'POST', 405, 'method_not_allowed'],
  ])('to %s %s is a problem document', async (path, method, status, code) => {
    const response = await get(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status });
  });

  it('says which methods there are', async () => {
    expect((await get('/api/v1/failure', { method: 'DELETE' })).headers.get('Allow')).toContain('GET');
  });

  it('is kept by no cache, embedded in no page, shared with no origin', async () => {
    for (const path of ['/healthz', '/api/v1/failure?how=api', '/nowhere']) {
      const { headers } = await get(path, { headers: { Origin: 'https://drugje.example' } });
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    }
  });

  it('leaves one line in the log, without the query', async () => {
    logged.length = 0;
    await get('/nowhere?ime=Skrivno1!', { headers: { Authorization: 'Bearer Skrivno1!' } });
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ method: 'GET', path: '/nowhere', status: 404 });
    expect(logged.join()).not.toContain('Skrivno1!');
  });

  it('reports that the process lives and that the database answers', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('survives a caller that hangs up', async () => {
    const { port } = new URL(server.url);
    logged.length = 0;
    const socket = connectSocket(Number(port), '127.0.0.1');
    socket.resume();
    await once(socket, 'connect');
    socket.write(
      'POST /api/v1/test/ime HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    );
    socket.end();
    await once(socket, 'close');
    expect((await get('/healthz')).status).toBe(200);
    expect(logged.map((line) => (JSON.parse(line) as { level: number }).level)).not.toContain(50);
  });
});

describe('the app', () => {
  it('refuses to be built with an operation of the contract missing or doubled', () => {
    const routes = createRoutes(server.services);
    expect(() => assertComplete(routes)).not.toThrow();
    expect(() => assertComplete(routes.filter(({ operation }) => operation.id !== 'slips.get'))).toThrow('slips.get');
    expect(() => assertComplete([...routes, ...routes.slice(0, 1)])).toThrow('portal.get');
  });
});

describe('the log', () => {
  it('cuts secrets out by name', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (text) => void lines.push(text) });
    logger.info({
      body: { password: 'Skrivno1!', slipPassword: 'Skrivno1!' },
      headers: { authorization: 'Skrivno1!' },
    });
    logger.info({ token: 'Skrivno1!' });
    expect(lines.join()).not.toContain('Skrivno1!');
    expect(lines.join()).toContain('[cut]');
  });
});

describe("the caller's address", () => {
  const find = addressFinder(['10.0.0.0/8', 'fd00::1']);

  it.each([
    ['203.0.113.9', '', '203.0.113.9'],
    ['::ffff:203.0.113.9', '', '203.0.113.9'],
    ['203.0.113.9', '198.51.100.7', '203.0.113.9'],
    ['10.1.2.3', '198.51.100.7', '198.51.100.7'],
    ['10.1.2.3', '192.0.2.66, 198.51.100.7', '198.51.100.7'],
    ['10.1.2.3', '198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['fd00::1', '2001:db8::7', '2001:db8::7'],
    ['10.1.2.3', 'nonsense', '10.1.2.3'],
    ['10.1.2.3', '', '10.1.2.3'],
  ])('of %s behind "%s" is %s', (socket, forwardedFor, address) => {
    expect(find(socket, forwardedFor)).toBe(address);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });
});
