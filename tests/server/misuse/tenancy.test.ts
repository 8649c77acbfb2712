import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBinary, type Endpoint } from '../../../contract/endpoint.ts';
import { newId } from '../../../server/db/id.ts';
import { bodyFor } from '../../helpers/acceptable.ts';
import { createManager, createPayer, createStaffRole, linkPayer } from '../../helpers/factories.ts';
import { allOperations, guarded, named, office, takesIds, takesJson } from '../../helpers/operations.ts';
import {
  createPerson,
  digestOf,
  madeUp,
  nameIn,
  named as tried,
  plant,
  type Person,
  type Planted,
} from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * Somebody else's things, by their real ids: made from the contract. Nothing of the answer may differ from the one for
 * ids that nobody has, and nothing may come of it.
 */
let server: TestServer;
let victim: Planted;
/** Who has the same standing elsewhere: each could do all of it with things of their own. */
let others: Record<'resident' | 'clerk' | 'admin', Person>;
let otherManagerId: string;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server;
  victim = await plant(server);
  otherManagerId = (await createManager(db)).id;
  const payer = await createPayer(db, otherManagerId);
  others = {
    resident: await createPerson(server, ({ id }) => linkPayer(db, payer, id)),
    clerk: await createPerson(server, ({ id }) => createStaffRole(db, otherManagerId, id, 'clerk')),
    admin: await createPerson(server, ({ id }) => createStaffRole(db, otherManagerId, id, 'admin')),
  };
});

afterAll(() => server.close());

const byId = guarded.filter(takesIds);

const strangersOf = ({ caller }: Endpoint): Person[] =>
  caller === 'admin' ? [others.admin] : caller === 'clerk' ? [others.clerk, others.admin] : [others.resident];

/** The whole answer, but for what is another one in each. */
async function answerTo(
  operation: Endpoint,
  call: object,
): Promise<{ status: number; text: string; headers: unknown }> {
  const answer = await server.api(operation, call);
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  const text = answer.bytes.toString('latin1').replace(/"requestId":"[^"]*"/, '');
  return { status: answer.status, text, headers };
}

const callBy = ({ token }: Person, naming: object, managerId: string | undefined) => {
  const { query = {}, ...rest } = naming as { query?: Record<string, string> };
  return { token, ...rest, query: { ...query, ...(managerId === undefined ? {} : { managerId }) } };
};

/** Which manager is named, where one can be: none, the own, the other's, nobody's. */
const managersNamed = ({ query }: Endpoint): { real: string | undefined; unknown: string | undefined }[] => {
  const nameless = { real: undefined, unknown: undefined };
  if (!('managerId' in query.shape)) return [nameless];
  return [nameless, { real: otherManagerId, unknown: otherManagerId }, { real: victim.managerId, unknown: newId() }];
};

describe('by the ids of somebody else', () => {
  it('each operation that takes one is tried, on something that is there', () => {
    for (const operation of byId) nameIn(operation, victim.ids, victim.managerId);
    expect(byId.map(({ id }) => id).sort()).toEqual([...tried].sort());
  });

  it.each(named(byId))('%s works for who owns it', async (_, operation) => {
    const planted = await plant(server);
    const { caller } = operation;
    const owner = caller === 'clerk' || caller === 'admin' ? planted[caller] : planted.resident;
    const naming = nameIn(operation, planted.ids, planted.managerId);
    const { status } = await answerTo(operation, callBy(owner, naming, undefined));
    expect(status).toBe(operation.status);
  });

  it.each(named(byId))('%s answers as for ids that nobody has, and does nothing', async (_, operation) => {
    const before = await digestOf(server.db, victim);
    const unknown = madeUp(victim);
    for (const stranger of strangersOf(operation)) {
      for (const manager of managersNamed(operation)) {
        const real = nameIn(operation, victim.ids, victim.managerId);
        const fake = nameIn(operation, unknown, newId());
        const answer = await answerTo(operation, callBy(stranger, real, manager.real));
        expect(answer).toEqual(await answerTo(operation, callBy(stranger, fake, manager.unknown)));
        expect([200, 403, 404]).toContain(answer.status);
        if (answer.status === 200) expect(answer.text).toMatch(/^\{"items":\[\](,"nextCursor":null)?(,"total":0)?\}$/);
      }
    }
    expect(await digestOf(server.db, victim)).toEqual(before);
  });

  it.each(named(office.filter(({ params }) => !('id' in params.shape))))(
    "%s is closed to another manager's staff, as for a manager that does not exist",
    async (_, operation) => {
      const body = () => (takesIds(operation) ? nameIn(operation, victim.ids, '').body : bodyFor(operation));
      const given = isBinary(operation.body) ? { bytes: 'x' } : takesJson(operation) ? { body: body() } : {};
      const before = await digestOf(server.db, victim);
      for (const stranger of strangersOf(operation)) {
        const answer = await answerTo(operation, callBy(stranger, given, victim.managerId));
        expect(answer.text).toContain('"code":"forbidden"');
        expect(answer).toEqual(await answerTo(operation, callBy(stranger, given, newId())));
      }
      expect(await digestOf(server.db, victim)).toEqual(before);
    },
  );
});

describe('what is listed without an id', () => {
  const lists = guarded.filter(
    ({ method, params, response }) => method === 'GET' && Object.keys(params.shape).length === 0 && !isBinary(response),
  );

  it.each(named(lists))('%s shows nothing of somebody else', async (_, operation) => {
    const { resident, clerk, admin, ids } = victim;
    const secrets = [
      ...Object.values(ids),
      ...[resident, clerk, admin].flatMap(({ account }) => [account.id, account.email]),
    ];
    for (const stranger of strangersOf(operation)) {
      const { status, text } = await answerTo(operation, { token: stranger.token });
      expect(status).toBe(operation.status);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('is many', () => {
    expect(lists.length).toBeGreaterThan(5);
    expect(allOperations.length).toBeGreaterThan(guarded.length);
  });
});
