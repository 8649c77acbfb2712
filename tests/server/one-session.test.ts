import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { checkSession, createSession, deleteSession, getSession } from '../../contract/session.ts';
import { transaction } from '../../server/db/transaction.ts';
import { hashToken } from '../../server/http/authenticate.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { DisplacedSession } from '../../server/models/displaced-session.ts';
import { Session } from '../../server/models/session.ts';
import { endSessions, startSession } from '../../server/modules/session/sessions.ts';
import { forgetExpired } from '../../server/retention.ts';
import { createAccount } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

/** A person has one session: what becomes of the one before, and of many at once. */
const password = 'Dolgo-geslo-7';
const day = 86_400_000;

let server: TestServer;
let account: Account;
let shift = 0;

beforeAll(async () => {
  server = await startTestServer({ clock: () => new Date(Date.now() + shift) });
});

beforeEach(async () => {
  shift = 0;
  await server.db('rate_limits').del();
  account = await createAccount(server.db, { passwordHash: await server.services.passwords.hash(password) });
});

afterAll(() => server.close());

type SignIn = Partial<BodyInput<typeof createSession>>;

const signIn = (more: SignIn = {}) => server.api(createSession, { body: { email: account.email, password, ...more } });

const codeOf = async (token: string): Promise<string> =>
  (await server.api(getSession, { token })).problem?.code ?? 'good';

const deeds = async (action: string) =>
  (await AuditEntry.query(server.db).where({ action, subject_id: account.id })).map(({ details }) => details);

describe('a sign-in while a session is alive', () => {
  it('is told where and since when, and ends nothing', async () => {
    const { token, session } = (await signIn({ device: 'Windows, PISARNA-3' })).body;
    const { status, problem } = await signIn({ device: 'macOS, doma' });
    expect([status, problem.code]).toEqual([409, 'session_active']);
    expect(problem.session).toEqual({ device: 'Windows, PISARNA-3', since: session.since });
    expect(await codeOf(token)).toBe('good');
  });

  it('is told nothing of it with a wrong password', async () => {
    await signIn();
    const { problem } = await signIn({ password: 'Napacno-geslo-7', takeOver: true });
    expect([problem.code, problem.session]).toEqual(['wrong_credentials', undefined]);
  });

  it('finds nobody in the way whose session has ended: signed out, idle, or over', async () => {
    const first = (await signIn()).body.token;
    await server.api(deleteSession, { token: first });
    expect((await signIn()).status).toBe(201);
    shift = 30 * day;
    const third = await signIn();
    expect(third.status).toBe(201);
    await Session.query(server.db).where({ account_id: account.id }).patch({ expiresAt: '2026-01-01 00:00:00.000' });
    expect((await signIn()).status).toBe(201);
    expect(await codeOf(third.body.token)).toBe('not_signed_in');
    expect(await deeds('session.taken_over')).toEqual([]);
  });

  it('does not use up tries', async () => {
    await signIn();
    for (let attempt = 0; attempt < 8; attempt += 1) expect((await signIn()).problem.code).toBe('session_active');
  });
});

describe('taking over', () => {
  it('ends the other session, whose client is told by what', async () => {
    const old = (await signIn({ device: 'Windows, PISARNA-3' })).body.token;
    const { token, session } = (await signIn({ device: 'macOS, doma', takeOver: true })).body;
    for (const operation of [getSession, checkSession, deleteSession]) {
      const { status, problem } = await server.api(operation, { token: old });
      expect([status, problem.code]).toEqual([401, 'session_displaced']);
      expect(problem.session).toEqual({ device: 'macOS, doma', since: session.since });
    }
    expect(await codeOf(token)).toBe('good');
  });

  it('is written down without the names of the computers: people name them after themselves', async () => {
    await signIn({ device: 'Windows, ANA-NOVAK' });
    await signIn({ device: 'macOS, Anin Mac', takeOver: true });
    expect([await deeds('session.started'), await deeds('session.taken_over')]).toEqual([['{}'], ['{}']]);
  });

  it('needs no other session', async () => {
    expect((await signIn({ takeOver: true })).status).toBe(201);
    expect(await DisplacedSession.query(server.db).where({ account_id: account.id })).toEqual([]);
  });

  it('keeps the word for seven days', async () => {
    const old = (await signIn()).body.token;
    await signIn({ takeOver: true });
    shift = 6.9 * day;
    await forgetExpired(server.services);
    expect(await codeOf(old)).toBe('session_displaced');
    shift = 7.1 * day;
    await forgetExpired(server.services);
    expect(await codeOf(old)).toBe('not_signed_in');
    expect(await DisplacedSession.query(server.db).findById(hashToken(old))).toBeUndefined();
  });

  it('is all or nothing', async () => {
    const old = (await signIn()).body.token;
    const { audit, logger } = server.services;
    vi.spyOn(logger, 'error').mockReturnValueOnce();
    vi.spyOn(audit, 'record').mockRejectedValueOnce(new Error('the trail cannot be written to'));
    expect((await signIn({ takeOver: true })).status).toBe(500);
    expect(await codeOf(old)).toBe('good');
    expect(await DisplacedSession.query(server.db).where({ account_id: account.id })).toEqual([]);
  });
});

describe('fifty sign-ins at once', () => {
  // What is tried here is the race: the limits would let five of them through.
  beforeEach(() => {
    const { signIn: limit } = server.services.limits;
    vi.spyOn(limit, 'check').mockResolvedValue();
    vi.spyOn(limit, 'consume').mockResolvedValue(0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  const fifty = (more: SignIn) => Promise.all(Array.from({ length: 50 }, () => signIn(more)));

  const livingOf = async (tokens: readonly string[]) =>
    (await Promise.all(tokens.map(codeOf))).filter((code) => code === 'good').length;

  it('that take over leave exactly one session, which works', async () => {
    const answers = await fifty({ takeOver: true });
    // Who was overtaken before the answer was written is told so at once.
    expect(answers.filter(({ status }) => status !== 201 && status !== 401)).toEqual([]);
    const tokens = answers.filter(({ status }) => status === 201).map(({ body }) => body.token);
    expect(await Session.query(server.db).where({ account_id: account.id }).resultSize()).toBe(1);
    expect(await livingOf(tokens)).toBe(1);
  });

  it('of which none takes over: one succeeds, the others are told', async () => {
    const answers = await fifty({});
    const codes = answers.map(({ status, problem }) => (status === 201 ? 'in' : problem.code));
    expect(codes.sort()).toEqual(['in', ...Array<string>(49).fill('session_active')]);
    expect(await Session.query(server.db).where({ account_id: account.id }).resultSize()).toBe(1);
  });
});

describe('ending the sessions of an account', () => {
  it('ends it at once, and the client is told no more than that', async () => {
    const { token } = (await signIn()).body;
    expect(await transaction(server.db, (trx) => endSessions(trx, account.id))).toBe(true);
    expect(await codeOf(token)).toBe('not_signed_in');
    expect(await transaction(server.db, (trx) => endSessions(trx, account.id))).toBe(false);
  });

  /** Another hash is set just after the sign-in has found the password right. */
  const changeMeanwhile = (passwordHash: string) => {
    const { services, db } = server;
    const verify = services.passwords.verify;
    vi.spyOn(services.passwords, 'verify').mockImplementationOnce(async (...given) => {
      const isRight = await verify(...given);
      await transaction(db, async (trx) => {
        await endSessions(trx, account.id);
        await Account.query(trx).findById(account.id).patch({ passwordHash });
      });
      return isRight;
    });
  };

  it('leaves nobody in who signs in with the old password at the same moment', async () => {
    changeMeanwhile(await server.services.passwords.hash('Novo-geslo-7'));
    expect((await signIn()).problem.code).toBe('wrong_credentials');
    expect(await Session.query(server.db).where({ account_id: account.id })).toEqual([]);
  });

  it('lets in whose password was only hashed anew at the same moment', async () => {
    changeMeanwhile(await server.services.passwords.hash(password));
    expect((await signIn()).status).toBe(201);
  });

  it('starts another one in the same transaction', async () => {
    const old = (await signIn()).body.token;
    const given = { accountId: account.id, device: 'Windows, PISARNA-3' };
    const token = await transaction(server.db, (trx) => startSession(trx, server.services, given));
    expect([await codeOf(old), await codeOf(token)]).toEqual(['not_signed_in', 'good']);
  });
});

describe('a closed account', () => {
  it('lets nobody in, and says so to the right password alone', async () => {
    await Account.query(server.db).findById(account.id).patch({ disabledAt: '2026-11-01 00:00:00.000' });
    const { status, problem } = await signIn();
    expect([status, problem.code]).toEqual([403, 'account_disabled']);
    expect((await signIn({ password: 'Napacno-geslo-7' })).problem.code).toBe('wrong_credentials');
    expect(await deeds('session.refused')).toEqual([JSON.stringify({ reason: 'account_disabled' })]);
  });
});
