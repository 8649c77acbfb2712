import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../contract/api.ts';
import { isBinary, type Caller, type Endpoint } from '../../contract/endpoint.ts';
import type { SecondFactor } from '../../server/models/second-factor.ts';
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

/** An acceptable body for each operation that takes JSON: what is refused here must be refused for its sender. */
const bodies: Record<string, unknown> = {
  'staff.invite': { email: 'nova@example.si', role: 'clerk' },
  'staff.changeRole': { role: 'clerk' },
  'secondFactor.start': { password: 'Geslo-123' },
  'secondFactor.confirm': { code: '123456' },
  'secondFactor.renewRecoveryCodes': { password: 'Geslo-123' },
  'secondFactor.remove': { password: 'Geslo-123', code: '123456' },
  'slipPasswords.issue': { payerIds: ['ab'.repeat(16)] },
  'account.update': {},
  'account.changePassword': { currentPassword: 'Geslo-123', password: 'Zelena-trava-7' },
  'account.changeEmail': { email: 'drugi@example.si', password: 'Geslo-123' },
  'account.confirmEmail': { code: '123456' },
  'account.addPayer': { managerId: 'ab'.repeat(16), payerCode: '104217', slipPassword: 'AAAA-AAAA-AAAAA' },
  'account.removePayer': { password: 'Geslo-123' },
  'account.setNotificationChoice': { newSlips: false },
  'account.delete': { password: 'Geslo-123' },
};

const takesJson = ({ body }: Endpoint): boolean => !isBinary(body) && !body.safeParse(undefined).success;

/** Ids that look right and belong to nobody. */
const callOf = (operation: Endpoint, token: string | undefined) => ({
  token,
  params: Object.fromEntries(Object.keys(operation.params.shape).map((name) => [name, 'ab'.repeat(16)])),
  query: 'managerId' in operation.query.shape ? { managerId } : {},
  ...(isBinary(operation.body) ? { bytes: 'x' } : {}),
  ...(operation.id in bodies ? { body: bodies[operation.id] as never } : {}),
});

const all: readonly Endpoint[] = operations;
const guarded = all.filter(({ caller }) => caller !== 'anyone').map((operation) => [operation.id, operation] as const);

const office = guarded.filter(([, { caller }]) => caller === 'clerk' || caller === 'admin');
const own = guarded.filter(([, { caller }]) => caller === 'account' || caller === 'resident');

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
    const needed = guarded.filter(([, operation]) => takesJson(operation)).map(([id]) => id);
    expect(Object.keys(bodies).sort()).toEqual(needed.sort());
  });

  it.each(guarded)('%s turns away who is not signed in', async (_, operation) => {
    for (const token of [undefined, 'A'.repeat(43), 'x']) {
      const { status, problem } = await server.api(operation, callOf(operation, token));
      expect([status, problem.code]).toEqual([401, 'not_signed_in']);
    }
  });

  it.each(guarded)('%s turns away who has another role', async (_, operation) => {
    for (const who of strangers[operation.caller]) {
      const { status, problem } = await server.api(operation, callOf(operation, tokens[who]));
      expect([who, status, problem.code]).toEqual([who, 403, 'forbidden']);
    }
  });

  it.each(office)("%s turns away another manager's staff", async (_, operation) => {
    const { status, problem } = await server.api(operation, callOf(operation, tokens['otherAdmin']));
    expect([403, 404]).toContain(status);
    expect(['forbidden', 'not_found']).toContain(problem.code);
  });

  it.each(guarded.filter(([, { params, caller }]) => 'id' in params.shape && caller === 'resident'))(
    '%s finds nothing that is not the own',
    async (_, operation) => {
      const { status, problem } = await server.api(operation, callOf(operation, tokens['resident']));
      expect([status, problem.code]).toEqual([404, 'not_found']);
    },
  );
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
