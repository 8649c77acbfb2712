import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBinary, type Endpoint } from '../../../contract/endpoint.ts';
import { toInstant } from '../../../server/db/time.ts';
import { createLogger } from '../../../server/logger.ts';
import { Account } from '../../../server/models/account.ts';
import { createRoutes } from '../../../server/modules/index.ts';
import { bodyFor } from '../../helpers/acceptable.ts';
import { createPayer, createSlipPassword, createStaffRole, linkPayer } from '../../helpers/factories.ts';
import { guarded, named, takesJson } from '../../helpers/operations.ts';
import { createPerson, nameIn, named as namings, plant, type Person, type Planted } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * The account is deleted after the guard has let its request in, and before anything is done for it: what two requests
 * at the same moment come to, in the order that hurts most.
 */
let server: TestServer;
let planted: Planted;
const failures: string[] = [];
/** Done when the guard is through. */
let meanwhile: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  server = await startTestServer({
    logger: createLogger('error', { write: (line) => void failures.push(line) }),
    routes: (services) =>
      createRoutes(services).map((route) => ({
        ...route,
        handle: async (call) => {
          await meanwhile();
          return route.handle(call);
        },
      })),
  });
  planted = await plant(server);
});

afterAll(() => server.close());

/** Everything that an operation could ask for: a role, a payer, a confirmed address. */
const createEverybody = (): Promise<Person> =>
  createPerson(server, async ({ id }) => {
    const { db } = server;
    await createStaffRole(db, planted.managerId, id, 'admin');
    await linkPayer(db, await createPayer(db, planted.managerId), id);
    await Account.query(db)
      .findById(id)
      .patch({ emailConfirmedAt: toInstant(new Date()) });
  });

async function callOf(operation: Endpoint) {
  const { managerId, ids } = planted;
  if (operation.id === 'account.addPayer') {
    const payer = await createPayer(server.db, managerId);
    const slipPassword = await createSlipPassword(server.services, payer);
    return { body: { managerId, payerCode: payer.code, slipPassword } };
  }
  return {
    ...(takesJson(operation) ? { body: bodyFor(operation) } : {}),
    ...(isBinary(operation.body) ? { bytes: 'x' } : {}),
    ...(namings.includes(operation.id) ? nameIn(operation, ids, managerId) : {}),
  };
}

describe('an account that is deleted meanwhile', () => {
  it.each(named(guarded))('leaves nothing behind by %s, which does not fail', async (_, operation) => {
    const { account, token } = await createEverybody();
    const call = await callOf(operation);
    failures.length = 0;
    meanwhile = async () => {
      await Account.query(server.db).deleteById(account.id);
    };
    const { status } = await server.api(operation, { token, ...(call as object) });
    expect(failures).toEqual([]);
    expect(status).toBeLessThan(500);
    const mails = await server.db('mails').where({ to_address: account.email });
    expect(mails.map(({ kind }: { kind: string }) => kind)).toEqual([]);
  });
});
