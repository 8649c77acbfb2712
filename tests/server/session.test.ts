import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSession, deleteSession, getSession } from '../../contract/session.ts';
import { hashToken } from '../../server/http/authenticate.ts';
import type { Limit, RateLimits } from '../../server/http/rate-limits.ts';
import { Account } from '../../server/models/account.ts';
import { Session } from '../../server/models/session.ts';
import { createPasswords } from '../../server/passwords/passwords.ts';
import { createAccount, createManager, createPayer, createStaffRole, linkPayer } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';
const day = 86_400_000;

let server: TestServer;
let shift = 0;

beforeAll(async () => {
  server = await startTestServer({ clock: () => new Date(Date.now() + shift) });
});

afterAll(() => server.close());

const createPerson = async () =>
  createAccount(server.db, { passwordHash: await server.services.passwords.hash(password) });

const signIn = (email: string, given = password) =>
  server.api(createSession, { body: { email, password: given, device: 'Windows, PISARNA-3' } });

describe('POST /session', () => {
  it('signs in and says who it is and what is theirs', async () => {
    const account = await createPerson();
    const manager = await createManager(server.db, { name: 'Upravnik A' });
    const payer = await createPayer(server.db, manager.id, { code: '210421', name: 'Janez Žužek' });
    await linkPayer(server.db, payer, account.id);
    await createStaffRole(server.db, manager.id, account.id, 'clerk');
    const { status, body } = await signIn(account.email);
    expect(status).toBe(201);
    expect(body.session).toMatchObject({
      account: { id: account.id, email: account.email, firstName: account.firstName },
      payers: [{ id: payer.id, code: '210421', name: 'Janez Žužek', managerId: manager.id, managerName: 'Upravnik A' }],
      roles: [{ managerId: manager.id, managerName: 'Upravnik A', role: 'clerk' }],
    });
    expect(Math.abs(Date.parse(body.session.since) - Date.now())).toBeLessThan(10_000);
  });

  it('takes the e-mail in any case', async () => {
    const account = await createPerson();
    expect((await signIn(account.email.toUpperCase())).status).toBe(201);
  });

  it('keeps only the hash of the token, which is 256 bits', async () => {
    const account = await createPerson();
    const { token } = (await signIn(account.email)).body;
    const session = await Session.query(server.db).findOne({ account_id: account.id }).throwIfNotFound();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(session.tokenHash).toBe(hashToken(token));
    expect(JSON.stringify(session)).not.toContain(token);
  });

  it('answers a wrong password and an unknown e-mail alike', async () => {
    const account = await createPerson();
    const wrong = await signIn(account.email, 'Napacno-geslo-7');
    const unknown = await signIn('nikogar@example.si');
    expect(wrong.status).toBe(401);
    expect(wrong.problem.code).toBe('wrong_credentials');
    expect({ ...unknown.problem, requestId: '' }).toEqual({ ...wrong.problem, requestId: '' });
  });

  it('hashes a password for an unknown e-mail as well, and lets nobody in by it', async () => {
    const passwords = createPasswords(11);
    const time = async (hash: string | undefined) => {
      const start = performance.now();
      expect(await passwords.verify(password, hash)).toBe(false);
      return performance.now() - start;
    };
    const hash = await passwords.hash('Drugo-geslo-7');
    await time(hash); // The worker thread is warm after this.
    const [known, unknown] = [await time(hash), await time(undefined)];
    await passwords.close();
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('tells passwords apart beyond the 72 bytes that bcrypt reads', async () => {
    const long = `${'ž'.repeat(80)}A1-`;
    const account = await createAccount(server.db, { passwordHash: await server.services.passwords.hash(`${long}x`) });
    expect((await signIn(account.email, `${long}y`)).status).toBe(401);
    expect((await signIn(account.email, `${long}x`)).status).toBe(201);
  });

  it('takes a password whichever way its letters are composed', async () => {
    const account = await createAccount(server.db, {
      passwordHash: await server.services.passwords.hash('Žaba-123'.normalize('NFD')),
    });
    expect((await signIn(account.email, 'Žaba-123'.normalize('NFC'))).status).toBe(201);
  });

  it('hashes anew when the cost has changed', async () => {
    const cheap = createPasswords(5);
    const account = await createAccount(server.db, { passwordHash: await cheap.hash(password) });
    await cheap.close();
    expect((await signIn(account.email)).status).toBe(201);
    const { passwordHash } = await Account.query(server.db).findById(account.id).throwIfNotFound();
    expect(passwordHash).not.toBe(account.passwordHash);
    expect((await signIn(account.email)).status).toBe(201);
  });

  it('ends the earlier session', async () => {
    const account = await createPerson();
    const first = (await signIn(account.email)).body.token;
    const second = (await signIn(account.email)).body.token;
    expect((await server.api(getSession, { token: first })).problem.code).toBe('not_signed_in');
    expect((await server.api(getSession, { token: second })).status).toBe(200);
  });

  it('slows down who guesses, and says when to try again', async () => {
    const account = await createPerson();
    const codes: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push((await signIn(account.email, 'Napacno-geslo-7')).problem.code);
    }
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('wrong_credentials'));
    expect(codes[5]).toBe('rate_limited');
    const refused = await signIn(account.email);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBe(refused.problem.retryAfter);
    expect(refused.problem.retryAfter).toBeGreaterThan(20);
    expect(refused.problem.retryAfter).toBeLessThanOrEqual(30);
    expect((await signIn((await createPerson()).email)).status).toBe(201);
  });
});

describe('somebody who is over the limit of their address', () => {
  it('uses up nothing of what is for everybody', async () => {
    const own = await startTestServer();
    const knock = () => own.api(createSession, { bytes: '{}' });
    const answers = [];
    for (let round = 0; round < 12; round += 1) answers.push(...(await Promise.all(Array.from({ length: 10 }, knock))));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
    const counted = own.db('rate_limits').where('key', 'like', 'sign-in-all:%').first('points');
    expect(await counted).toEqual({ points: 100 });
    await own.close();
  });
});

describe('thirty parallel guesses', () => {
  it('get five tries, and nothing breaks', async () => {
    const { email } = await createPerson();
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn(email, 'Napacno-geslo-7')));
    const codes = answers.map(({ problem }) => problem.code);
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(25);
  });
});

describe('fifty parallel sign-ins', () => {
  it('leave exactly one session, which works', async () => {
    // What is tried here is the race: the limits would let five of them through.
    const names = Object.keys(server.services.limits) as (keyof RateLimits)[];
    const unlimited: Limit = {
      consume: () => Promise.resolve(0),
      check: () => Promise.resolve(),
      tries: () => Promise.resolve(0),
      forget: () => Promise.resolve(),
      standing: () => Promise.resolve(undefined),
      lift: () => Promise.resolve(),
    };
    const limits = Object.fromEntries(names.map((name) => [name, unlimited])) as RateLimits;
    const own = await startTestServer({ services: { limits } });
    try {
      const account = await createAccount(own.db, { passwordHash: await own.services.passwords.hash(password) });
      const call = { body: { email: account.email, password } };
      const answers = await Promise.all(Array.from({ length: 50 }, () => own.api(createSession, call)));
      // Who was overtaken before the answer was written is told so at once.
      expect(answers.filter(({ status }) => status !== 201 && status !== 401)).toEqual([]);
      expect(await Session.query(own.db).where({ account_id: account.id }).resultSize()).toBe(1);
      const tokens = answers.filter(({ status }) => status === 201).map(({ body }) => body.token);
      const checks = await Promise.all(tokens.map((token) => own.api(getSession, { token })));
      expect(checks.filter(({ status }) => status === 200)).toHaveLength(1);
    } finally {
      await own.close();
    }
  });
});

describe('GET /session', () => {
  it('asks for a good token', async () => {
    for (const token of [undefined, 'x', 'A'.repeat(43)]) {
      const { status, problem } = await server.api(getSession, { token });
      expect([status, problem.code]).toEqual([401, 'not_signed_in']);
    }
  });

  it('ends after the idle time, and lives on while it is used', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    for (const days of [29, 58, 87]) {
      shift = days * day;
      expect((await server.api(getSession, { token })).status).toBe(200);
    }
    shift = 118 * day;
    expect((await server.api(getSession, { token })).status).toBe(401);
    shift = 0;
  });

  it('ends after the absolute time, however much it is used', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    for (let days = 20; days < 180; days += 20) {
      shift = days * day;
      expect((await server.api(getSession, { token })).status).toBe(200);
    }
    shift = 180 * day;
    expect((await server.api(getSession, { token })).status).toBe(401);
    shift = 0;
  });

  it('notes its use at most once a minute', async () => {
    const account = await createPerson();
    const { token } = (await signIn(account.email)).body;
    const lastUsed = async () => {
      await server.api(getSession, { token });
      return (await Session.query(server.db).findOne({ account_id: account.id }).throwIfNotFound()).lastUsedAt;
    };
    const atSignIn = await lastUsed();
    shift = 50_000;
    expect(await lastUsed()).toBe(atSignIn);
    shift = 70_000;
    expect(await lastUsed()).not.toBe(atSignIn);
    shift = 0;
  });

  it('costs one query to find out who asks', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    const queries: string[] = [];
    server.db.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    await server.api(deleteSession, { token });
    server.db.removeAllListeners('query');
    expect(queries).toHaveLength(2); // Who asks; and the deletion.
  });
});

describe('DELETE /session', () => {
  it('signs out', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    expect((await server.api(deleteSession, { token })).status).toBe(204);
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
  });
});
