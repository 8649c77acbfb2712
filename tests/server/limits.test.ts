import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { createSession } from '../../contract/session.ts';
import { sweepLimits } from '../../server/http/limit.ts';
import { createRateLimits, payerSubject } from '../../server/http/rate-limits.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import type { Account } from '../../server/models/account.ts';
import type { HumanCheck } from '../../server/human-check/human-check.ts';
import { createAccount } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';
const wrong = 'Napacno-geslo-7';
const home = '198.51.100.2';
const elsewhere = '203.0.113.7';

/** Good is the answer "human", as often as it comes. */
const humanCheck: HumanCheck = {
  kind: 'altcha',
  challenge: () => Promise.resolve({}),
  verify: (answer) => Promise.resolve(answer === 'human' ? 'good' : 'bad'),
};

let server: TestServer;
let guarded: TestServer;
let account: Account;

beforeAll(async () => {
  // The tests' connections come from the proxy's address: what it says of the caller counts.
  server = await startTestServer({ config: { trustedProxies: ['127.0.0.1'] } });
  guarded = await startTestServer({ config: { trustedProxies: ['127.0.0.1'] }, services: { humanCheck } });
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await server.db('rate_limits').del();
  await guarded.db('rate_limits').del();
});

afterAll(async () => {
  await server.close();
  await guarded.close();
});

const createPerson = async ({ db, services }: TestServer) =>
  createAccount(db, { passwordHash: await services.passwords.hash(password) });

const wait = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

interface Try extends Partial<BodyInput<typeof createSession>> {
  readonly from?: string;
}

async function attempt(at: TestServer, { from = home, ...body }: Try = {}) {
  const headers = { 'X-Forwarded-For': from };
  const given = { email: account.email, password: wrong, takeOver: true, ...body };
  const { status, problem } = await at.api(createSession, { body: given, headers });
  return status === 201 ? 'in' : problem.code === 'rate_limited' ? (problem.retryAfter ?? 0) : problem.code;
}

async function attempts(at: TestServer, times: number, given: Try = {}) {
  const results = [];
  for (let round = 0; round < times; round += 1) results.push(await attempt(at, given));
  return results;
}

describe('wrong passwords of one account from one network', () => {
  beforeEach(async () => {
    account = await createPerson(server);
  });

  it('wait longer and longer after five, up to 15 minutes', async () => {
    expect(await attempts(server, 5)).toEqual(Array(5).fill('wrong_credentials'));
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await attempts(server, 2)).toEqual([seconds, seconds]);
      wait(seconds - 1);
      expect(await attempt(server)).toBe(1);
      wait(1);
      expect(await attempt(server)).toBe('wrong_credentials');
    }
  });

  it('keep the right password waiting as well', async () => {
    await attempts(server, 5);
    expect(await attempt(server, { password })).toBe(30);
    wait(30);
    expect(await attempt(server, { password })).toBe('in');
  });

  it('are forgotten after a sign-in', async () => {
    await attempts(server, 4);
    expect(await attempt(server, { password })).toBe('in');
    expect(await attempts(server, 5)).toEqual(Array(5).fill('wrong_credentials'));
    wait(30);
    expect(await attempt(server, { password })).toBe('in');
    expect(await attempts(server, 6)).toEqual([...Array<string>(5).fill('wrong_credentials'), 30]);
  });

  it('are forgotten after a day', async () => {
    await attempts(server, 4);
    wait(24 * 60 * 60);
    expect(await attempts(server, 6)).toEqual([...Array<string>(5).fill('wrong_credentials'), 30]);
  });

  it('at once are no more than five', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => attempt(server)));
    expect(results.filter((result) => result === 'wrong_credentials')).toHaveLength(5);
  });

  it('are the same for an e-mail that nobody has', async () => {
    const email = 'nikogar@example.si';
    expect(await attempts(server, 6, { email })).toEqual([...Array<string>(5).fill('wrong_credentials'), 30]);
    expect(await attempts(server, 1, { email: 'NIKOGAR@example.si' })).toEqual([30]);
  });

  it('are written down without the e-mail', async () => {
    await attempt(server);
    const deeds = await AuditEntry.query(server.db).where({ action: 'session.refused', address: home });
    expect(deeds.at(-1)).toMatchObject({
      actorId: null,
      subjectKind: 'email',
      subjectId: server.services.audit.pseudonym(account.email),
    });
    expect(JSON.stringify(deeds)).not.toContain(account.email);
  });
});

describe('a stranger', () => {
  beforeEach(async () => {
    account = await createPerson(server);
  });

  it('who guesses elsewhere keeps nobody out', async () => {
    for (let round = 0; round < 12; round += 1) {
      await attempts(server, 6, { from: elsewhere });
      wait(900);
    }
    expect(await attempt(server, { password })).toBe('in');
  });

  it('in one network is one, whatever addresses of it are used', async () => {
    const hosts = Array.from({ length: 6 }, (_, host) => `2001:db8:1:2::${host + 1}`);
    const results = [];
    for (const from of hosts) results.push(await attempt(server, { from }));
    expect(results).toEqual([...Array<string>(5).fill('wrong_credentials'), 30]);
    expect(await attempt(server, { from: '2001:db8:1:3::1' })).toBe('wrong_credentials');
  });

  it('does not become another one by writing addresses before that of the proxy', async () => {
    const results = [];
    for (let host = 1; host <= 6; host += 1) {
      results.push(await attempt(server, { from: `192.0.2.${host}, ${elsewhere}` }));
    }
    expect(results.at(-1)).toBe(30);
  });

  it('does not become another one by writing addresses at all, where no proxy is listed', async () => {
    const direct = await startTestServer();
    account = await createPerson(direct);
    const results = [];
    for (let host = 1; host <= 6; host += 1) results.push(await attempt(direct, { from: `192.0.2.${host}` }));
    expect(results.at(-1)).toBe(30);
    await direct.close();
  });
});

describe('the human check at the sign-in', () => {
  beforeEach(async () => {
    account = await createPerson(guarded);
  });

  it('is asked for after three wrong tries; without it nothing is tried and nothing counted', async () => {
    expect(await attempts(guarded, 3)).toEqual(Array(3).fill('wrong_credentials'));
    expect(await attempts(guarded, 9, { password })).toEqual(Array(9).fill('human_check_required'));
    expect(await attempt(guarded, { password, humanCheck: 'robot' })).toBe('human_check_failed');
    expect(await attempts(guarded, 2, { humanCheck: 'human' })).toEqual(Array(2).fill('wrong_credentials'));
    expect(await attempt(guarded, { humanCheck: 'human' })).toBe(30);
    wait(30);
    expect(await attempt(guarded, { password, humanCheck: 'human' })).toBe('in');
    expect(await attempt(guarded, { password })).toBe('in');
  });

  it('is not used up by a try that must wait', async () => {
    await attempts(guarded, 5, { humanCheck: 'human' });
    const verify = vi.spyOn(humanCheck, 'verify');
    expect(await attempt(guarded, { password, humanCheck: 'human' })).toBe(30);
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('is the most that guesses from everywhere bring upon the owner', async () => {
    for (let host = 1; host <= 10; host += 1) await attempt(guarded, { from: `203.0.113.${host}` });
    expect(await attempt(guarded, { password })).toBe('human_check_required');
    expect(await attempt(guarded, { password, humanCheck: 'human' })).toBe('in');
    const owner = account;
    account = await createPerson(guarded);
    expect(await attempt(guarded, { password })).toBe('in');
    account = owner;
    wait(24 * 60 * 60);
    expect(await attempt(guarded, { password })).toBe('in');
  });

  it('is asked of all in a network from which many wrong tries come', async () => {
    const { email } = account;
    for (let person = 0; person < 20; person += 1) {
      await attempt(guarded, { from: elsewhere, email: `oseba-${person}@example.si` });
    }
    expect(await attempt(guarded, { from: elsewhere, email, password })).toBe('human_check_required');
    expect(await attempt(guarded, { email, password })).toBe('in');
  });
});

describe('a limit', () => {
  it('holds over all processes', async () => {
    const [one, other] = [createRateLimits(server.db), createRateLimits(server.db)];
    for (let round = 0; round < 5; round += 1) await one.secondFactor.consume('a');
    const refusal = { code: 'rate_limited', details: { retryAfter: 30 } };
    await expect(other.secondFactor.consume('a')).rejects.toMatchObject(refusal);
    await expect(other.secondFactor.check('a')).rejects.toMatchObject(refusal);
    await expect(other.secondFactor.consume('b')).resolves.toBe(0);
  });

  it('says when the next mail may go', async () => {
    const { emailCode } = server.services.limits;
    const nextIn = [];
    for (let mail = 0; mail < 7; mail += 1) {
      const seconds = await emailCode.consume('a');
      await expect(emailCode.consume('a')).rejects.toMatchObject({ details: { retryAfter: seconds } });
      nextIn.push(seconds);
      wait(seconds);
    }
    expect(nextIn).toEqual([60, 120, 240, 480, 960, 1800, 1800]);
  });

  it('of so many in so much time lets them through, then says when', async () => {
    const { dataDownload } = server.services.limits;
    const nextIn = [];
    for (let download = 0; download < 6; download += 1) nextIn.push(await dataDownload.consume('a'));
    expect(nextIn).toEqual([0, 0, 0, 0, 0, 3600]);
    wait(600);
    await expect(dataDownload.consume('a')).rejects.toMatchObject({ details: { retryAfter: 3000 } });
    await expect(dataDownload.check('a')).rejects.toMatchObject({ details: { retryAfter: 3000 } });
    wait(3000);
    await expect(dataDownload.check('a')).resolves.toBeUndefined();
    await expect(dataDownload.consume('a')).resolves.toBe(0);
  });

  it('of a subject stands until the last of its waits is over, and is lifted wherever the tries came from', async () => {
    const { db, services } = server;
    const { registrationPayer } = services.limits;
    const [payer, neighbour] = [payerSubject('m', '210421'), payerSubject('m', '210422')];
    expect(await registrationPayer.standing(db, payer)).toBeUndefined();
    for (const [subject, network] of [
      [payer, home],
      [payer, elsewhere],
      [neighbour, home],
    ] as const) {
      for (let round = 0; round < 5; round += 1) await registrationPayer.consume(subject, network);
      wait(10);
    }
    const until = (await registrationPayer.standing(db, payer))!;
    expect(until.getTime() - Date.now()).toBe(10_000);
    await registrationPayer.lift(db, payer);
    expect(await registrationPayer.standing(db, payer)).toBeUndefined();
    await expect(registrationPayer.consume(payer, home)).resolves.toBe(0);
    await expect(registrationPayer.consume(payer, elsewhere)).resolves.toBe(0);
    await expect(registrationPayer.consume(neighbour, home)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('keeps no e-mail and no address', async () => {
    account = await createPerson(server);
    await attempts(server, 5);
    const text = JSON.stringify(await server.db('rate_limits').select());
    expect(text).toContain('sign-in.wait:');
    expect(text).not.toContain('example.si');
    expect(text).not.toContain(home);
  });

  it('for everybody passes within a minute', async () => {
    const { resetRequestAll } = server.services.limits;
    await Promise.all(Array.from({ length: 300 }, () => resetRequestAll.consume('')));
    await expect(resetRequestAll.consume('')).rejects.toMatchObject({ details: { retryAfter: 60 } });
    wait(60);
    await expect(resetRequestAll.consume('')).resolves.toBe(0);
  });
});

describe('sweeping', () => {
  const names = async () => (await server.db('rate_limits').pluck<string[]>('key')).map((key) => key.split(':')[0]);

  it('takes what is over', async () => {
    const { limits } = server.services;
    await limits.dataDownload.consume('a');
    await limits.invitation.consume('m');
    wait(3601);
    await sweepLimits(server.db);
    expect(await names()).toEqual(['invitation']);
  });

  it('takes what a clock that was ahead has left: nobody waits for a year', async () => {
    const { limits } = server.services;
    wait(365 * 24 * 60 * 60);
    for (let round = 0; round < 5; round += 1) await limits.ownPassword.consume('a');
    wait(-365 * 24 * 60 * 60);
    await expect(limits.ownPassword.consume('a')).rejects.toMatchObject({ code: 'rate_limited' });
    await sweepLimits(server.db);
    await expect(limits.ownPassword.consume('a')).resolves.toBe(0);
  });
});
