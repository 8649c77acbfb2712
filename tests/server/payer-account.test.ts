import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endPayerSession, getPayer, liftPayerLimits, releasePayer } from '../../contract/payers.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { listSlips } from '../../contract/slips.ts';
import { payerSubject } from '../../server/http/rate-limits.ts';
import { passwordChangedMail } from '../../server/mail/templates/password-changed.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import type { Payer } from '../../server/models/payer.ts';
import { Session } from '../../server/models/session.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createSlipPassword,
  createStaff,
  createStaffRole,
  createToken,
  linkPayer,
} from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';

let server: TestServer;
let manager: Manager;
let clerk: { account: Account; token: string };
let payer: Payer;
let account: Account;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db, services } = server;
  await db('rate_limits').del();
  manager = await createManager(db, { name: 'Upravnik Ščit' });
  clerk = await createStaff(db, manager.id, 'clerk');
  payer = await createPayer(db, manager.id, { code: '210421', name: 'Janez Žužek' });
  const passwordHash = await services.passwords.hash(password);
  account = await createAccount(db, { passwordHash, emailConfirmedAt: '2026-11-01 10:00:00.000' });
  await linkPayer(db, payer, account.id);
  token = await createToken(db, account.id);
});

const byClerk = () => ({ token: clerk.token, params: { id: payer.id } });
const get = async () => (await server.api(getPayer, byClerk())).body;

const deeds = async (action: string) =>
  (await AuditEntry.query(server.db).where({ chain: manager.id, action })).map(({ actorId, subjectId, details }) => ({
    actorId,
    subjectId,
    details,
  }));

const guess = async (times: number) => {
  for (let round = 0; round < times; round += 1)
    await server.api(createSession, { body: { email: account.email, password: 'Napacno-geslo-7' } });
};

describe('one payer', () => {
  it('is shown with the account that holds it', async () => {
    expect(await get()).toMatchObject({
      id: payer.id,
      code: '210421',
      name: 'Janez Žužek',
      access: 'registered',
      units: [],
      lastSlip: null,
      account: {
        firstName: account.firstName,
        lastName: account.lastName,
        email: account.email,
        emailConfirmed: true,
        lastUsedAt: expect.stringMatching(/Z$/) as string,
      },
      limits: [],
    });
    await Session.query(server.db).where({ account_id: account.id }).delete();
    expect((await get()).account?.lastUsedAt).toBeNull();
  });

  it('is shown with the newest mail to the person when that was given up, of whichever kind', async () => {
    const { db, services } = server;
    const person = { accountId: account.id, email: account.email, firstName: 'Janez', language: 'sl' as const };
    const send = () => services.outbox.add(db, passwordChangedMail({ person, at: new Date() }));
    const giveUp = { state: 'failed' as const, lastError: '550 5.1.1 User unknown' };
    expect((await get()).account?.lostMail).toBeNull();
    await send();
    await Mail.query(db).where('account_id', account.id).patch(giveUp);
    expect((await get()).account?.lostMail).toMatchObject({ error: '550 5.1.1 User unknown' });
    await Mail.query(db).where('account_id', account.id).patch({ createdAt: '2026-11-01 10:00:00.000' });
    await send();
    expect((await get()).account?.lostMail).toBeNull();
  });

  it('is shown without one', async () => {
    await PayerAccount.query(server.db).where({ payer_id: payer.id }).delete();
    expect(await get()).toMatchObject({ access: 'none', account: null, limits: [] });
  });

  it('is found by the own office alone, by each operation', async () => {
    const other = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    for (const operation of [getPayer, releasePayer, endPayerSession, liftPayerLimits]) {
      const { status, problem } = await server.api(operation, { ...byClerk(), token: other.token });
      expect([status, problem.code]).toEqual([404, 'not_found']);
    }
    expect((await server.api(getSession, { token })).body.payers).toHaveLength(1);
  });
});

describe('releasing a payer', () => {
  const release = () => server.api(releasePayer, byClerk());

  it('takes it off the account at once, which stays signed in, and tells the person', async () => {
    expect((await server.api(listSlips, { token })).status).toBe(200);
    expect((await release()).status).toBe(204);
    expect((await server.api(listSlips, { token })).problem.code).toBe('forbidden');
    expect((await server.api(getSession, { token })).body.payers).toEqual([]);
    const mails = await Mail.query(server.db).where({ to_address: account.email });
    expect(mails).toMatchObject([{ kind: 'payer-released', managerId: manager.id, accountId: account.id }]);
    expect(mails[0]?.text).toContain('Janez Žužek (šifra 210421)');
    expect(await deeds('payer.released')).toEqual([
      { actorId: clerk.account.id, subjectId: payer.id, details: JSON.stringify({ accountDeleted: false }) },
    ]);
  });

  it('lets the right person register', async () => {
    await release();
    const slipPassword = await createSlipPassword(server.services, payer);
    const registration = { managerId: manager.id, payerCode: '210421', slipPassword, email: 'prava@example.si' };
    const person = { firstName: 'Prava', lastName: 'Oseba', password: 'Modra-hruška-83', language: 'sl' as const };
    expect((await server.api(createRegistration, { body: { ...registration, ...person } })).status).toBe(201);
    expect((await get()).account?.email).toBe('prava@example.si');
  });

  it('is done once, and does nothing where no account holds the payer', async () => {
    const statuses = (await Promise.all([release(), release(), release()])).map(({ status }) => status);
    expect(statuses).toEqual([204, 204, 204]);
    expect(await deeds('payer.released')).toHaveLength(1);
    expect(await Mail.query(server.db).where({ to_address: account.email }).resultSize()).toBe(1);
  });

  describe('from an account whose address was never confirmed', () => {
    beforeEach(async () => {
      await Account.query(server.db).findById(account.id).patch({ emailConfirmedAt: null });
    });

    it('deletes it, so that the address is free for its owner; nothing is sent there', async () => {
      expect((await release()).status).toBe(204);
      expect(await Account.query(server.db).findById(account.id)).toBeUndefined();
      expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
      expect(await Mail.query(server.db).where({ to_address: account.email })).toEqual([]);
      expect(await deeds('payer.released')).toMatchObject([{ details: JSON.stringify({ accountDeleted: true }) }]);
      expect(
        await AuditEntry.query(server.db).findOne({ action: 'account.deleted', subject_id: account.id }),
      ).toBeTruthy();
    });

    it('keeps it when it has another payer', async () => {
      const other = await createManager(server.db);
      await linkPayer(server.db, await createPayer(server.db, other.id), account.id);
      await release();
      expect((await server.api(getSession, { token })).body.payers).toHaveLength(1);
      expect(await Mail.query(server.db).where({ to_address: account.email })).toEqual([]);
    });

    it('keeps it when it is of the staff somewhere', async () => {
      await createStaffRole(server.db, (await createManager(server.db)).id, account.id, 'clerk');
      await release();
      expect((await server.api(getSession, { token })).body.roles).toHaveLength(1);
    });
  });
});

describe("ending the session of a payer's account", () => {
  it('signs it out at once', async () => {
    expect((await server.api(endPayerSession, byClerk())).status).toBe(204);
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
    expect((await get()).account?.lastUsedAt).toBeNull();
    expect((await server.api(endPayerSession, byClerk())).status).toBe(204);
    expect(await deeds('session.ended')).toMatchObject([{ actorId: clerk.account.id, subjectId: payer.id }]);
  });
});

describe('the limits that stand against a payer', () => {
  const register = (slipPassword: string) =>
    server.api(createRegistration, {
      body: {
        managerId: manager.id,
        payerCode: '210421',
        slipPassword,
        email: 'prava@example.si',
        firstName: 'Prava',
        lastName: 'Oseba',
        password: 'Modra-hruška-83',
      },
    });

  it('are shown, of signing in and of registering, and lifted', async () => {
    await guess(5);
    for (let round = 0; round < 5; round += 1) await register(generateSlipPassword());
    const { limits } = await get();
    expect(limits.map(({ what }) => what)).toEqual(['sign-in', 'registration']);
    for (const { until } of limits) {
      const seconds = (Date.parse(until) - Date.now()) / 1000;
      expect(seconds).toBeGreaterThan(20);
      expect(seconds).toBeLessThanOrEqual(30);
    }
    const signIn = () => server.api(createSession, { body: { email: account.email, password, takeOver: true } });
    expect((await signIn()).status).toBe(429);
    expect((await server.api(liftPayerLimits, byClerk())).status).toBe(204);
    expect((await get()).limits).toEqual([]);
    expect((await signIn()).status).toBe(201);
    expect((await register(await createSlipPassword(server.services, payer))).problem.code).toBe('payer_taken');
    expect(await deeds('limits.lifted')).toMatchObject([{ actorId: clerk.account.id, subjectId: payer.id }]);
  });

  it('are those of the second factor and of codes as well, and of nobody else', async () => {
    const { limits } = server.services;
    const other = await createAccount(server.db);
    for (let round = 0; round < 5; round += 1) {
      await limits.secondFactor.consume(account.id);
      await limits.codeTries.consume(account.email, 'x');
      await limits.secondFactor.consume(other.id);
      await limits.registrationPayer.consume(payerSubject(manager.id, '210422'), 'x');
    }
    expect((await get()).limits).toMatchObject([{ what: 'sign-in' }]);
    await server.api(liftPayerLimits, byClerk());
    await expect(limits.secondFactor.check(account.id)).resolves.toBeUndefined();
    await expect(limits.codeTries.check(account.email, 'x')).resolves.toBeUndefined();
    await expect(limits.secondFactor.check(other.id)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
