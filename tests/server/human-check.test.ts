import { createSecretKey, randomBytes } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHumanCheck, type HumanCheckAction } from '../../contract/human-check.ts';
import { getPortal } from '../../contract/portal.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { createAltcha } from '../../server/human-check/altcha.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let shift = 0;

beforeAll(async () => {
  server = await startTestServer({
    config: { humanCheck: 'altcha', humanCheckWork: 3 },
    clock: () => new Date(Date.now() + shift),
  });
});

afterAll(() => server.close());

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

async function askChallenge(action: HumanCheckAction = 'registration'): Promise<Challenge> {
  const { body } = await server.api(createHumanCheck, { query: { action } });
  return body.challenge as unknown as Challenge;
}

async function solve(challenge: Challenge): Promise<string> {
  return encode({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
}

/** What a registration is answered; past the human check nothing of it is right. */
async function tryWith(humanCheck: string | undefined): Promise<string> {
  const body = {
    managerId: 'a'.repeat(32),
    payerCode: '1',
    slipPassword: generateSlipPassword(),
    firstName: 'Živa',
    lastName: 'Čebašek',
    email: 'ziva@example.si',
    password: 'Dolgo-geslo-7',
    ...(humanCheck === undefined ? {} : { humanCheck }),
  };
  return (await server.api(createRegistration, { body })).problem.code;
}

const passed = 'slip_password_rejected';
const refused = 'human_check_failed';

describe('the human check', () => {
  it('is announced by the portal', async () => {
    expect((await server.api(getPortal)).body.humanCheck).toBe('altcha');
  });

  it('lets a solved challenge through once', async () => {
    const answer = await solve(await askChallenge());
    expect(await tryWith(answer)).toBe(passed);
    expect(await tryWith(answer)).toBe(refused);
  });

  it('lets one of many parallel uses through', async () => {
    const answer = await solve(await askChallenge());
    const codes = await Promise.all(Array.from({ length: 6 }, () => tryWith(answer)));
    expect(codes.filter((code) => code === passed)).toHaveLength(1);
  });

  it.each([undefined, '', 'x', encode({}), encode(null), encode('x')])('refuses %j', async (answer) => {
    expect(await tryWith(answer)).toBe(refused);
  });

  it('refuses a wrong solution', async () => {
    const challenge = await askChallenge();
    expect(await tryWith(encode({ challenge, solution: { counter: 1, derivedKey: 'ab'.repeat(32) } }))).toBe(refused);
  });

  it('refuses a challenge made easier, made longer, or signed by somebody else', async () => {
    const challenge = await askChallenge();
    const { parameters } = challenge;
    const forged: Challenge[] = [
      { ...challenge, parameters: { ...parameters, cost: 1, keyPrefix: '00' } },
      { ...challenge, parameters: { ...parameters, expiresAt: (parameters.expiresAt ?? 0) + 3600 } },
      { ...challenge, signature: 'ab'.repeat(32) },
    ];
    for (const easier of forged)
      expect(await tryWith(await solve({ ...easier, parameters: { ...easier.parameters, keyPrefix: '0' } }))).toBe(
        refused,
      );
    expect(await tryWith(await solve(challenge))).toBe(passed);
  });

  it.each(['sign-in', 'password-reset'] as const)('refuses an answer that was given for %s', async (action) => {
    const challenge = await askChallenge(action);
    expect(await tryWith(await solve(challenge))).toBe(refused);
    const parameters = { ...challenge.parameters, data: { action: 'registration' } };
    expect(await tryWith(await solve({ ...challenge, parameters }))).toBe(refused);
  });

  it('asks what the answer is to be for', async () => {
    expect((await server.api(createHumanCheck, { query: {} as never })).problem.code).toBe('invalid_request');
    expect((await server.api(createHumanCheck, { query: { action: 'x' as never } })).status).toBe(400);
  });

  it('refuses the challenges of another key, as after the key was changed', async () => {
    const { db, services } = server;
    const other = { db, clock: services.clock, key: createSecretKey(randomBytes(32)), work: 3 };
    const challenge = (await createAltcha(other).challenge('registration')) as unknown as Challenge;
    expect(await tryWith(await solve(challenge))).toBe(refused);
  });

  it('refuses an answer after five minutes', async () => {
    const answer = await solve(await askChallenge());
    shift = 5 * 60_000;
    expect(await tryWith(answer)).toBe(refused);
    shift = 0;
  });
});
