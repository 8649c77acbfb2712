import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { checkSession, createSession, deleteSession, getSession } from '../../contract/session.ts';
import { hashToken } from '../../server/http/authenticate.ts';
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

type SignIn = Partial<BodyInput<typeof createSession>>;

const signIn = (email: string, given = password, more: SignIn = {}) =>
  server.api(createSession, { body: { email, password: given, device: 'Windows, PISARNA-3', ...more } });

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
    expect(Math.abs(Date.parse(body.session.since) - Date.now())).toBeLessThan(120_000);
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
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 7; round += 1) {
      known.push(await time(hash));
      unknown.push(await time(undefined));
    }
    await passwords.close();
    // A machine that is busy makes some of them longer, and none shorter. Without the hash it is a thousandth.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 5);
    expect(Math.min(...unknown)).toBeLessThan(Math.min(...known) * 5);
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
    expect((await signIn(account.email, password, { takeOver: true })).status).toBe(201);
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
});

describe('GET /session/check', () => {
  it('says that the session lives, with one query', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    const queries: string[] = [];
    server.db.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    const { status, bytes } = await server.api(checkSession, { token });
    server.db.removeAllListeners('query');
    expect([status, bytes.length]).toEqual([204, 0]);
    expect(queries).toHaveLength(1);
  });

  it('is no use of the session: left alone, it ends all the same', async () => {
    const { email } = await createPerson();
    const { token } = (await signIn(email)).body;
    for (const days of [10, 20, 29.9]) {
      shift = days * day;
      expect((await server.api(checkSession, { token })).status).toBe(204);
    }
    shift = 30 * day;
    expect((await server.api(checkSession, { token })).problem.code).toBe('not_signed_in');
    shift = 0;
  });

  it('asks for a good token', async () => {
    const { status, problem } = await server.api(checkSession, { token: 'A'.repeat(43) });
    expect([status, problem.code]).toEqual([401, 'not_signed_in']);
  });
});

describe('a clock that is set back', () => {
  afterEach(() => {
    shift = 0;
  });

  it('ends the sessions of the time that has not come yet, which would live too long', async () => {
    const { email } = await createPerson();
    shift = 400 * day;
    const { token } = (await signIn(email)).body;
    shift = 0;
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
    expect((await signIn(email)).status).toBe(201);
  });

  it('does nothing to sessions when it is a matter of seconds, and never makes the idle time longer', async () => {
    const account = await createPerson();
    shift = 60_000;
    const { token } = (await signIn(account.email)).body;
    shift = 0;
    expect((await server.api(getSession, { token })).status).toBe(200);
    shift = 30 * day + 61_000;
    expect((await server.api(getSession, { token })).status).toBe(401);
  });
});

describe('the terms of a session', () => {
  it('are settings', async () => {
    let now = Date.now();
    const own = await startTestServer({
      clock: () => new Date(now),
      config: { sessionIdleDays: 2, sessionAbsoluteDays: 5 },
    });
    const account = await createAccount(own.db, { passwordHash: await own.services.passwords.hash(password) });
    const start = async () => (await own.api(createSession, { body: { email: account.email, password } })).body.token;
    const statusAfter = async (token: string, days: number) => {
      now += days * day;
      return (await own.api(getSession, { token })).status;
    };
    const idle = await start();
    expect([await statusAfter(idle, 1.9), await statusAfter(idle, 2)]).toEqual([200, 401]);
    const used = await start();
    expect([await statusAfter(used, 1.5), await statusAfter(used, 1.5), await statusAfter(used, 1.5)]).toEqual(
      Array(3).fill(200),
    );
    expect(await statusAfter(used, 0.5)).toBe(401);
    await own.close();
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
