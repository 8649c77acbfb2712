import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { isBinary, type Caller, type Endpoint } from '../../contract/endpoint.ts';
import { removeStaff } from '../../contract/staff.ts';
import { releasePayer } from '../../contract/payers.ts';
import { toInstant } from '../../server/db/time.ts';
import { hashToken, newToken } from '../../server/http/authenticate.ts';
import { DisplacedSession } from '../../server/models/displaced-session.ts';
import type { SecondFactor } from '../../server/models/second-factor.ts';
import { Session } from '../../server/models/session.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { disableAccount } from '../../server/modules/account/operator.service.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createResident,
  createStaff,
  createStaffRole,
  createToken,
  linkPayer,
  type Given,
} from '../helpers/factories.ts';
import {
  allOperations,
  guarded as guardedOperations,
  named,
  office as officeOperations,
  own as ownOperations,
  takesJson,
} from '../helpers/operations.ts';
import { bodyFor, withBody } from '../helpers/acceptable.ts';
import { createSecondFactor } from '../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

/**
 * Who may not do what: made from the contract, so that a new operation cannot be forgotten. What each operation does
 * for those who may, its module's own tests say.
 */
let server: TestServer;
let tokens: Record<string, string>;
let managerId: string;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server;
  const manager = await createManager(db);
  const other = await createManager(db);
  managerId = manager.id;
  tokens = {
    account: await createToken(db, (await createAccount(db)).id),
    resident: (await createResident(db, await createPayer(db, manager.id))).token,
    clerk: (await createStaff(db, manager.id, 'clerk')).token,
    otherClerk: (await createStaff(db, other.id, 'clerk')).token,
    otherAdmin: (await createStaff(db, other.id, 'admin')).token,
  };
});

afterAll(() => server.close());

/** Ids that look right and belong to nobody. */
const callOf = (operation: Endpoint, token: string | undefined) => ({
  token,
  params: Object.fromEntries(Object.keys(operation.params.shape).map((name) => [name, 'ab'.repeat(16)])),
  query: 'managerId' in operation.query.shape ? { managerId } : {},
  ...(isBinary(operation.body) ? { bytes: 'x' } : {}),
  ...(takesJson(operation) ? { body: bodyFor(operation) as never } : {}),
});

const guarded = named(guardedOperations);
const office = named(officeOperations);
const own = named(ownOperations);

/** Who is turned away with 403 before anything else is looked at. */
const strangers: Record<Caller, readonly string[]> = {
  anyone: [],
  account: [],
  resident: ['account', 'clerk', 'otherAdmin'],
  clerk: ['account', 'resident'],
  admin: ['account', 'resident', 'clerk', 'otherClerk'],
};

describe('every operation that is not for anyone', () => {
  it('is tried here, with a body that it takes', () => {
    expect(guarded.length).toBeGreaterThan(8);
    expect(allOperations.filter(takesJson).map(({ id }) => id).sort()).toEqual([...withBody].sort()); // prettier-ignore
    for (const operation of allOperations.filter(takesJson)) {
      expect((operation.body as z.ZodType).safeParse(bodyFor(operation)).success).toBe(true);
    }
  });

  it.each(guarded)('%s turns away who has no token, or one that is none', async (_, operation) => {
    for (const token of [undefined, '', 'x', newToken(), `${newToken()}=`, newToken().repeat(5), `${newToken()} x`]) {
      const { status, problem } = await server.api(operation, callOf(operation, token));
      expect([status, problem.code]).toEqual([401, 'not_signed_in']);
    }
    for (const Authorization of ['Bearer', `Basic ${tokens['account']}`, String(tokens['account'])]) {
      const { status } = await server.api(operation, { ...callOf(operation, undefined), headers: { Authorization } });
      expect(status).toBe(401);
    }
  });

  it.each(guarded)('%s turns away who has another role', async (_, operation) => {
    for (const who of strangers[operation.caller]) {
      const { status, problem } = await server.api(operation, callOf(operation, tokens[who]));
      expect([who, status, problem.code]).toEqual([who, 403, 'forbidden']);
    }
  });
});

describe('who could do everything, but', () => {
  const day = 86_400_000;
  const at = (days: number) => toInstant(new Date(Date.now() + days * day));

  /** An admin who has a payer as well, so that the session alone is in question. */
  async function createEverybody() {
    const { db } = server;
    const staff = await createStaff(db, managerId, 'admin');
    const payer = await createPayer(db, managerId);
    await linkPayer(db, payer, staff.account.id);
    return { ...staff, payer };
  }

  /** The same, with a session of which something is not as it should be. */
  async function createSession(given: Given<Session>): Promise<string> {
    const { account, token } = await createEverybody();
    await Session.query(server.db).where('account_id', account.id).patch(given);
    return token;
  }

  const codesOf = async (token: string | undefined, operations: typeof guarded) => {
    const codes: Record<string, string | undefined> = {};
    for (const [id, operation] of operations) {
      codes[id] = (await server.api(operation, callOf(operation, token))).problem?.code;
    }
    return codes;
  };

  const each = (operations: typeof guarded, code: string) => Object.fromEntries(operations.map(([id]) => [id, code]));

  const refusals = new Set(['not_signed_in', 'session_displaced', 'forbidden']);
  const harmless = guarded.filter(([id, { method }]) => method === 'GET' && id !== 'account.downloadData');

  it('nothing, is let in everywhere', async () => {
    const codes = await codesOf((await createEverybody()).token, harmless);
    expect(Object.values(codes).filter((code) => code !== undefined && refusals.has(code))).toEqual([]);
  });

  it.each<[string, Given<Session>]>([
    ['signed in too long ago', { createdAt: at(-181), expiresAt: at(-1) }],
    ['whose time is over this very moment', { expiresAt: at(0) }],
    ['left the session idle', { createdAt: at(-60), lastUsedAt: at(-30) }],
    ['used the session in the future', { lastUsedAt: at(1), expiresAt: at(180) }],
  ])('%s, is let in nowhere', async (_, given) => {
    expect(await codesOf(await createSession(given), guarded)).toEqual(each(guarded, 'not_signed_in'));
  });

  it('was displaced, is told so everywhere', async () => {
    const { account, token } = await createEverybody();
    await Session.query(server.db).delete().where('account_id', account.id);
    const [tokenHash, displacedAt] = [hashToken(token), at(0)];
    await DisplacedSession.query(server.db).insert({ tokenHash, accountId: account.id, device: null, displacedAt });
    expect(await codesOf(token, guarded)).toEqual(each(guarded, 'session_displaced'));
  });

  it('whose account was closed a moment ago, is let in nowhere', async () => {
    const { account, token } = await createEverybody();
    expect(await disableAccount(server.services, account.email)).toBe('done');
    expect(await codesOf(token, guarded)).toEqual(each(guarded, 'not_signed_in'));
  });

  it('who lost the role a moment ago, is in no office', async () => {
    const { account, token } = await createEverybody();
    const { token: admin } = await createStaff(server.db, managerId, 'admin');
    const { status } = await server.api(removeStaff, { token: admin, params: { id: account.id } });
    expect(status).toBe(204);
    expect(await codesOf(token, office)).toEqual(each(office, 'forbidden'));
  });

  it('whose payer was released a moment ago, sees no slips', async () => {
    const { payer, token } = await createEverybody();
    const { token: clerk } = await createStaff(server.db, managerId, 'clerk');
    const { status } = await server.api(releasePayer, { token: clerk, params: { id: payer.id } });
    expect(status).toBe(204);
    const residents = guarded.filter(([, { caller }]) => caller === 'resident');
    expect(await codesOf(token, residents)).toEqual(each(residents, 'forbidden'));
  });

  it('was made a clerk a moment ago, does no more what admins do', async () => {
    const { account, token } = await createEverybody();
    await StaffRole.query(server.db).findById([managerId, account.id]).patch({ role: 'clerk' });
    const admins = guarded.filter(([, { caller }]) => caller === 'admin');
    expect(await codesOf(token, admins)).toEqual(each(admins, 'forbidden'));
  });
});

describe('where admins need a second factor', () => {
  let strict: TestServer;

  beforeAll(async () => {
    strict = await startTestServer({ config: { secondFactor: 'admins' } });
  });

  afterAll(() => strict.close());

  /** A fresh one for each operation, for some of them end the session. Is a resident as well. */
  const createAdmin = async (factor?: Given<SecondFactor>) => {
    const { db } = strict;
    const staff = await createStaff(db, (await createManager(db)).id, 'admin');
    await linkPayer(db, await createPayer(db, (await createManager(db)).id), staff.account.id);
    if (factor) await createSecondFactor(strict.services, staff.account.id, factor);
    return staff;
  };

  const codeFor = async (operation: Endpoint, token: string): Promise<string | undefined> =>
    (await strict.api(operation, { ...callOf(operation, token), query: {} })).problem?.code;

  const shut = ['forbidden', 'second_factor_needed'];

  it.each(office)('%s is closed to an admin who has none, or has not confirmed it', async (_, operation) => {
    for (const factor of [undefined, { confirmedAt: null }]) {
      expect(await codeFor(operation, (await createAdmin(factor)).token)).toBe('second_factor_needed');
    }
  });

  it.each(office)('%s is closed to an admin without one who is a clerk elsewhere', async (_, operation) => {
    const { account, token } = await createAdmin();
    await createStaffRole(strict.db, (await createManager(strict.db)).id, account.id, 'clerk');
    expect(await codeFor(operation, token)).toBe('second_factor_needed');
  });

  it.each(office)('%s is open to an admin who has one', async (_, operation) => {
    expect(shut).not.toContain(await codeFor(operation, (await createAdmin({})).token));
  });

  it.each(office.filter(([, { caller }]) => caller === 'clerk'))('%s is open to a clerk', async (_, operation) => {
    const { token } = await createStaff(strict.db, (await createManager(strict.db)).id, 'clerk');
    expect(shut).not.toContain(await codeFor(operation, token));
  });

  it.each(own)('%s stays open to an admin who has none', async (_, operation) => {
    expect(shut).not.toContain(await codeFor(operation, (await createAdmin()).token));
  });
});
