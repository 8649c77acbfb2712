import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isBinary, type Endpoint } from '../../../contract/endpoint.ts';
import { problemSchema } from '../../../contract/errors.ts';
import { createLogger } from '../../../server/logger.ts';
import { bodyFor } from '../../helpers/acceptable.ts';
import { createPayer, createStaffRole, linkPayer } from '../../helpers/factories.ts';
import { allOperations, named, stringFields, takesJson } from '../../helpers/operations.ts';
import { createPerson, nameIn, named as namings, plant, type Planted } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * What no form ever sends, in every field of every operation, by somebody who may do everything: made from the
 * contract. It is refused in a declared way, soon, and nothing goes to the log as a failure of ours.
 */
let server: TestServer;
let planted: Planted;
let token: string;
const failures: string[] = [];

beforeAll(async () => {
  const logger = createLogger('error', { write: (line) => void failures.push(line) });
  server = await startTestServer({ logger });
  planted = await plant(server);
});

/** Some operations end the session, or the account. */
beforeEach(async () => {
  const { db } = server;
  await db('rate_limits').del();
  const person = await createPerson(server, async ({ id }) => {
    await createStaffRole(db, planted.managerId, id, 'admin');
    await linkPayer(db, await createPayer(db, planted.managerId), id);
  });
  token = person.token;
  failures.length = 0;
});

afterAll(() => server.close());

interface Call {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly bytes?: string;
}

/** A call with nothing wrong in it. */
function callOf(operation: Endpoint): Call {
  const naming = namings.includes(operation.id) ? nameIn(operation, planted.ids, planted.managerId) : {};
  return {
    ...(takesJson(operation) ? { body: bodyFor(operation) } : {}),
    ...naming,
    ...(isBinary(operation.body) ? { bytes: 'x' } : {}),
  };
}

/** An expression that runs away takes minutes; a busy machine only seconds. */
const longest = 30_000;

/** What is refused by its form alone, before any database is asked for more than the session, is tried on one of them. */
const once = describe.skipIf(process.env['TEST_DATABASE'] !== 'sqlite');

/** The status and the faulty fields; that the answer is a declared one, and came soon, is seen to here. */
async function ask(operation: Endpoint, call: Call) {
  const start = performance.now();
  const answer = await server.api(operation, { token, ...(call as object) });
  expect(performance.now() - start).toBeLessThan(longest);
  expect([operation.id, failures]).toEqual([operation.id, []]);
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) problemSchema.parse(answer.problem);
  return { status: answer.status, paths: [...new Set(answer.problem?.fields?.map(({ path }) => path))] };
}

function withField(body: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  // A list or an object that is of another form of the body than ours is put in.
  const copy = structuredClone(body ?? (name === '0' ? [] : {})) as Record<string, unknown>;
  copy[name] = rest.length === 0 ? value : withField(copy[name], rest, value);
  return copy;
}

const long = ['a', 'Č', '😀', '\u200b', '-'].map((text) => text.repeat(10_000 / text.length));

const hostile = [
  ...['', ' ', '\0', '\ud800', '\udc00x', 'x\r\nBcc: vsi@example.si', '\u202exls.exe', "' or 1=1 --", '%00', '${7*7}'],
  ...['__proto__', 'constructor', '../../etc/passwd', '\u3164', 'NaN', '1e400', '-1', '٣٣٣٣٣٣', '<script>'],
];

const otherTypes = [null, 0, -1, 1.5, 1e308, 2 ** 53, true, [], {}, [[]], ['x'], { $ne: null }, [null]];

const takers = allOperations.filter(takesJson);
const queried = allOperations.filter(({ query }) => Object.keys(query.shape).length > 0);

describe('anything at all', () => {
  it.each(named(takers))('%s takes in each field of the body without failing', async (_, operation) => {
    const fields = new Map(stringFields(operation.body).map(({ path }) => [path.join('.'), path]));
    for (const name of Object.keys(bodyFor(operation))) fields.set(name, [name]);
    for (const path of fields.values()) {
      for (const value of [...hostile, ...otherTypes]) {
        await ask(operation, { ...callOf(operation), body: withField(callOf(operation).body, path, value) });
      }
      await server.db('rate_limits').del();
    }
  });

  it.each(named(queried))('%s takes in each field of the query without failing', async (_, operation) => {
    // A manager's id is one like in the path.
    const names = Object.keys(operation.query.shape).filter((name) => name !== 'managerId');
    for (const name of [...names, '__proto__']) {
      for (const value of [
        ...hostile,
        '0',
        '101',
        '1e308',
        '0x10',
        '[object Object]',
        'eyJhIjoxfQ',
        'W10',
        'WyJ4Il0',
      ]) {
        // A lone half cannot be written into an address.
        if (value.isWellFormed()) await ask(operation, { ...callOf(operation), query: { [name]: value } });
      }
    }
  });
});

once('in the body', () => {
  it.each(named(takers))('%s refuses 10,000 characters, in each field that is text', async (_, operation) => {
    const call = callOf(operation);
    // A field of another form of the body than ours: which one was meant nobody can say, and the body is faulty.
    const isStrange = ([name = '']: readonly string[]) =>
      operation.body instanceof z.ZodUnion && !(name in (call.body as object));
    for (const { path } of stringFields(operation.body)) {
      for (const text of long) {
        const { status, paths } = await ask(operation, { ...call, body: withField(call.body, path, text) });
        expect([path, status, paths]).toEqual([path, 400, [isStrange(path) ? '' : path.join('.')]]);
      }
    }
  });

  const bombs = {
    list: '[]',
    text: '"x"',
    number: '1',
    nothing: 'null',
    half: '{"email":',
    'no JSON': '\ufeff{}',
    'deep lists': '['.repeat(49_000) + ']'.repeat(49_000),
    'deep objects': `${'{"a":'.repeat(16_000)}1${'}'.repeat(16_000)}`,
    'endless number': `{"email":1${'0'.repeat(90_000)}}`,
    'many keys': `{${Array.from({ length: 7_000 }, (__, n) => `"k${n}":1`).join()}}`,
    'many items': `{"payerIds":[${Array<string>(20_000).fill('"x"').join()}]}`,
    prototype: '{"__proto__":{"email":"a@example.si"},"constructor":{"prototype":{"x":1}}}',
  };

  it.each(named(takers))('%s refuses what is no object that it knows', async (_, operation) => {
    for (const bytes of Object.values(bombs)) {
      const { params = {}, query = {} } = callOf(operation);
      const { status } = await ask(operation, { params, query, bytes });
      // Of an object without anything that it knows, an operation whose fields are all optional takes nothing.
      expect([200, 400]).toContain(status);
    }
  });

  it('a key that comes twice counts as it comes last, and one that nobody knows not at all', async () => {
    const operation = takers.find(({ id }) => id === 'account.update')!;
    const bytes = '{"firstName":"\\u202e","id":"x","__proto__":{"lastName":"Podtaknjen"},"firstName":"Ana"}';
    const answer = await server.api(operation, { token, bytes });
    expect(answer.body).toMatchObject({ account: { firstName: 'Ana', lastName: 'Čebašek' } });
    expect(({} as { lastName?: string }).lastName).toBeUndefined();
  });
});

once('in the query', () => {
  it.each(named(queried))('%s refuses 10,000 characters in each field', async (_, operation) => {
    for (const name of Object.keys(operation.query.shape)) {
      const { status, paths } = await ask(operation, { ...callOf(operation), query: { [name]: 'a'.repeat(10_000) } });
      // What must be there and is not is named as well.
      expect([name, status]).toEqual([name, 400]);
      expect(paths).toContain(name);
    }
  });

  it.each(named(queried.filter(({ caller }) => caller !== 'anyone')))(
    '%s takes no field twice',
    async (_, operation) => {
      const path = operation.path.replace('{id}', 'ab'.repeat(16));
      for (const name of Object.keys(operation.query.shape)) {
        const address = `${server.url}/api/v1${path}?${name}=1&${name}=2&${name}[]=3&${name}[x]=4`;
        const headers = { Authorization: `Bearer ${token}` };
        const { status } = await fetch(address, { method: operation.method, headers });
        expect([name, status, failures]).toEqual([name, 400, []]);
      }
    },
  );
});

once('in the path', () => {
  const withIds = allOperations.filter(({ params }) => Object.keys(params.shape).length > 0);

  it.each(named(withIds))('%s refuses what is no id', async (_, operation) => {
    for (const id of [
      'a'.repeat(10_000),
      'x',
      'AB'.repeat(16),
      `${'ab'.repeat(16)}\n`,
      '\0',
      '__proto__',
      '../x',
      '😀',
    ]) {
      const params = Object.fromEntries(Object.keys(operation.params.shape).map((name) => [name, id]));
      const { status } = await ask(operation, { ...callOf(operation), params });
      expect([id, status]).toEqual([id, 400]);
    }
  });
});

once('addresses that no client writes', () => {
  it.each([
    '%',
    '%ff',
    '/api/v1/slips/%E0%A4%A',
    '/api/v1//slips',
    '/api/v1/slips/..%2f..',
    '/api/v1/slips/%00',
    `/${'a'.repeat(9_000)}`,
  ])('%s are answered in a declared way', async (path) => {
    const answer = await fetch(`${server.url}/${path}`, { headers: { Authorization: `Bearer ${token}` } });
    expect([400, 404]).toContain(answer.status);
    problemSchema.parse(await answer.json());
    expect(failures).toEqual([]);
  });
});
