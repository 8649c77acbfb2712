import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { completePasswordReset, requestPasswordReset } from '../../../contract/password-resets.ts';
import { getPayer, liftPayerLimits } from '../../../contract/payers.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { createSession } from '../../../contract/session.ts';
import type { HumanCheck } from '../../../server/human-check/human-check.ts';
import type { Payer } from '../../../server/models/payer.ts';
import { createResetWorker } from '../../../server/modules/password-resets/reset-worker.ts';
import { generateSlipPassword } from '../../../server/slip-password.ts';
import { createManager, createPayer, createSlipPassword, createStaff, linkPayer } from '../../helpers/factories.ts';
import { codeIn, lastMail } from '../../helpers/mails.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * A stranger who is after one person, from as many networks as it takes, cannot keep that person out: at the most a
 * human check comes in between.
 */
const isSqlite = process.env['TEST_DATABASE'] === 'sqlite';
/** Each of them asks the database a dozen times; elsewhere than in the own process that takes its time. */
const failures = isSqlite ? 1_000 : 300;

let server: TestServer;
let managerId: string;
let clerk: string;

/** Good is the answer "human", as often as it comes. */
const humanCheck: HumanCheck = {
  kind: 'altcha',
  challenge: () => Promise.resolve({}),
  verify: (answer) => Promise.resolve(answer === 'human' ? 'good' : 'bad'),
};

beforeAll(async () => {
  server = await startTestServer({ config: { trustedProxies: ['127.0.0.1'] }, services: { humanCheck } });
  managerId = (await createManager(server.db)).id;
  clerk = (await createStaff(server.db, managerId, 'clerk')).token;
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await server.db('rate_limits').del();
});

afterAll(() => server.close());

const wait = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

const home = { 'X-Forwarded-For': '198.51.100.2' };
const elsewhere = (n: number) => ({ 'X-Forwarded-For': `10.0.${n >> 8}.${n & 255}` });

interface Answer {
  readonly status: number;
  readonly problem?: { readonly code: string; readonly retryAfter?: number | undefined };
}

const codeOf = ({ status, problem }: Answer): string | number => problem?.code ?? status;

/** So many tries, ten at a time, and never more in a minute than all together may make. */
async function storm(count: number, attempt: (n: number) => Promise<Answer>): Promise<Map<string | number, number>> {
  const seen = new Map<string | number, number>();
  for (let n = 0; n < count; n += 10) {
    const codes = (await Promise.all(Array.from({ length: 10 }, (_, i) => attempt(n + i)))).map(codeOf);
    for (const code of codes) seen.set(code, (seen.get(code) ?? 0) + 1);
    if (n % 250 === 240) wait(60);
  }
  return seen;
}

async function createOwner(): Promise<Person & { payer: Payer }> {
  const payer = await createPayer(server.db, managerId);
  return { ...(await createPerson(server, ({ id }) => linkPayer(server.db, payer, id))), payer };
}

const signIn = (email: string, headers: Record<string, string>, given: object = {}) => {
  const body = { email, password, humanCheck: 'human', takeOver: true, ...given };
  return server.api(createSession, { body, headers });
};

describe('a stranger', () => {
  it(`who fails ${failures} times to sign in leaves the owner a human check, and the office nothing to lift`, async () => {
    const { account, payer } = await createOwner();
    const { email } = account;
    const seen = await storm(failures, (n) => signIn(email, elsewhere(n >> 2), { password: 'Napacno-geslo-7' }));
    expect([...seen.keys()]).toEqual(['wrong_credentials']);
    expect(codeOf(await signIn(email, home, { humanCheck: undefined }))).toBe('human_check_required');
    expect(codeOf(await signIn(email, home))).toBe(201);
    const { body } = await server.api(getPayer, { token: clerk, params: { id: payer.id } });
    expect(body.limits).toEqual([]);
    await server.api(liftPayerLimits, { token: clerk, params: { id: payer.id } });
    expect(codeOf(await signIn(email, home, { humanCheck: undefined }))).toBe(201);
  });

  it('who tries codes for a new password does not void the one that the owner got', async () => {
    const { email } = (await createOwner()).account;
    const request = (headers: Record<string, string>) =>
      server.api(requestPasswordReset, { body: { email, humanCheck: 'human' }, headers });
    expect(codeOf(await request(home))).toBe(202);
    await createResetWorker(server.services).run();
    const code = codeIn(await lastMail(server.db, email, 'password-reset'));
    const complete = (typed: string, headers: Record<string, string>) =>
      server.api(completePasswordReset, { body: { email, code: typed, password: 'Modra-streha-8' }, headers });
    const seen = await storm(100, (n) => complete(generateSlipPassword(), elsewhere(n)));
    expect([...seen.keys()]).toEqual(['code_rejected']);
    expect(codeOf(await complete(code, home))).toBe(204);
  });

  it('who tries slip passwords does not keep the payer from registering', async () => {
    const payer = await createPayer(server.db, managerId);
    const slipPassword = await createSlipPassword(server.services, payer);
    const register = (given: object, headers: Record<string, string>) => {
      const person = { firstName: 'Živa', lastName: 'Čebašek', email: `ziva-${payer.code}@example.si`, password };
      const body = { managerId, payerCode: payer.code, slipPassword, humanCheck: 'human', ...person, ...given };
      return server.api(createRegistration, { body, headers });
    };
    const seen = await storm(100, (n) => register({ slipPassword: generateSlipPassword() }, elsewhere(n)));
    expect([...seen.keys()]).toEqual(['slip_password_rejected']);
    expect(codeOf(await register({}, home))).toBe(201);
  });

  it('who writes addresses into headers is still the one from whom the connection comes', async () => {
    const open = await startTestServer({ services: { humanCheck } });
    try {
      const { email } = (await createPerson(open, () => Promise.resolve())).account;
      const seen: (string | number)[] = [];
      for (let n = 0; n < 7; n += 1) {
        const headers = { ...elsewhere(n), Forwarded: `for=10.0.0.${n}`, 'X-Real-IP': `10.0.0.${n}` };
        const body = { email, password: 'Napacno-geslo-7', humanCheck: 'human' };
        seen.push(codeOf(await open.api(createSession, { body, headers })));
      }
      expect(seen.slice(4)).toEqual(['wrong_credentials', 'rate_limited', 'rate_limited']);
    } finally {
      await open.close();
    }
  });
});

describe('who fails in the own network', () => {
  it('waits longer each time, is told so in the answer and its header, and the office lifts it', async () => {
    const { account, payer } = await createOwner();
    const { email } = account;
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      await signIn(email, home, { password: 'Napacno-geslo-7' });
      const { problem, headers } = await signIn(email, home, { password: 'Napacno-geslo-7' });
      if (problem.retryAfter === undefined) continue;
      expect(headers.get('Retry-After')).toBe(String(problem.retryAfter));
      waits.push(problem.retryAfter);
      wait(problem.retryAfter);
    }
    expect(waits.length).toBeGreaterThan(5);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(900);
    await signIn(email, home, { password: 'Napacno-geslo-7' });
    expect(codeOf(await signIn(email, home))).toBe('rate_limited');
    const params = { id: payer.id };
    const { body } = await server.api(getPayer, { token: clerk, params });
    expect(body.limits).toMatchObject([{ what: 'sign-in' }]);
    await server.api(liftPayerLimits, { token: clerk, params });
    expect(codeOf(await signIn(email, home))).toBe(201);
  });
});
