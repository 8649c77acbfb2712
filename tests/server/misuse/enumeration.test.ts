import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPayer } from '../../../contract/account-payers.ts';
import { completePasswordReset, requestPasswordReset } from '../../../contract/password-resets.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { createSession } from '../../../contract/session.ts';
import { inviteStaff, openInvitation } from '../../../contract/staff.ts';
import { toInstant } from '../../../server/db/time.ts';
import { createResetWorker } from '../../../server/modules/password-resets/reset-worker.ts';
import { generateSlipPassword } from '../../../server/slip-password.ts';
import { see, separation, type Seen } from '../../helpers/enumeration.ts';
import { createAccount, createManager, createPayer, createSlipPassword, createStaff } from '../../helpers/factories.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * Nobody finds out who has an account, a payer or an invitation: neither the answer nor its time tells. Each try is
 * another e-mail or payer from another network, as an attacker's would be, so that no limit hides what is measured.
 * On SQLite alone: it takes a while, the code is the same, and the database that runs in the process adds the least
 * noise of its own, by which a difference would show the soonest.
 */
const tries = 200;
/** Each step doubles the time of a hash; at this one it takes about as long as all the rest of a request. */
const passwordCost = 6;

let server: TestServer;
let managerId: string;
let person: Person;
const emails: string[] = [];
const payerCodes: string[] = [];

const suite = describe.skipIf(process.env['TEST_DATABASE'] !== 'sqlite');

beforeAll(async () => {
  if (process.env['TEST_DATABASE'] !== 'sqlite') return;
  server = await startTestServer({ config: { trustedProxies: ['127.0.0.1'], passwordCost } });
  const { db, services } = server;
  managerId = (await createManager(db)).id;
  person = await createPerson(server, () => Promise.resolve());
  const given = { passwordHash: await services.passwords.hash(password), emailConfirmedAt: toInstant(new Date()) };
  for (let count = 0; count < tries; count += 1) {
    emails.push((await createAccount(db, { ...given, email: `znan-${newCode()}@example.si` })).email);
    const payer = await createPayer(db, managerId, { code: newCode() });
    payerCodes.push(payer.code);
    await createSlipPassword(services, payer);
  }
});

afterAll(() => server?.close());

const newCode = () => String(randomInt(100_000_000, 999_999_999));
const unknownEmail = () => `znan-${newCode()}@example.si`;

const from = () => ({ 'X-Forwarded-For': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` });

/** Both sides, one after the other in an order that is thrown for each pair: what the machine does strikes both. */
async function compare(ask: (isKnown: boolean, n: number) => Promise<Seen>) {
  const sides: Record<'known' | 'unknown', Seen[]> = { known: [], unknown: [] };
  for (let n = -10; n < tries; n += 1) {
    if (n % 50 === 0) await server.db('rate_limits').del();
    const isKnownFirst = randomInt(2) === 0;
    for (const isKnown of [isKnownFirst, !isKnownFirst]) {
      const seen = await ask(isKnown, Math.abs(n));
      // The first ones warm up.
      if (n >= 0) sides[isKnown ? 'known' : 'unknown'].push(seen);
    }
  }
  return sides;
}

function expectAlike({ known, unknown }: Awaited<ReturnType<typeof compare>>, status: number): void {
  const answers = new Set([...known, ...unknown].map(({ answer }) => answer));
  expect([...answers]).toHaveLength(1);
  expect([...answers][0]).toMatch(new RegExp(`^\\[${status},`));
  const times = [known, unknown].map((side) => side.map(({ ms }) => ms)) as [number[], number[]];
  const { found, noise } = separation(...times);
  // Of 200 tries each, chance alone stays below 0.1; a hash that one side is spared gives nearly 0.5.
  expect(found).toBeLessThan(0.2 + 2 * noise);
}

suite('known and unknown are not told apart', () => {
  it('by signing in', async () => {
    const sides = await compare((isKnown, n) => {
      const body = { email: isKnown ? emails[n]! : unknownEmail(), password: 'Napacno-geslo-7' };
      return see(() => server.api(createSession, { body, headers: from() }));
    });
    expectAlike(sides, 401);
  });

  it('by asking for a new password', async () => {
    const sides = await compare((isKnown, n) => {
      const body = { email: isKnown ? emails[n]! : unknownEmail() };
      return see(() => server.api(requestPasswordReset, { body, headers: from() }));
    });
    expectAlike(sides, 202);
  });

  it('by trying codes for a new password, those who wait for one among them', async () => {
    await createResetWorker(server.services).run();
    const sides = await compare((isKnown, n) => {
      const email = isKnown ? emails[n]! : unknownEmail();
      const body = { email, code: generateSlipPassword(), password: 'Modra-streha-8' };
      return see(() => server.api(completePasswordReset, { body, headers: from() }));
    });
    expectAlike(sides, 422);
  });

  it('by registering, payers and e-mails', async () => {
    const sides = await compare((isKnown, n) => {
      const body = {
        ...{ managerId, slipPassword: generateSlipPassword(), firstName: 'Živa', lastName: 'Čebašek', password },
        payerCode: isKnown ? payerCodes[n]! : newCode(),
        email: isKnown ? emails[n]! : unknownEmail(),
      };
      return see(() => server.api(createRegistration, { body, headers: from() }));
    });
    expectAlike(sides, 422);
  });

  it('by adding premises', async () => {
    const sides = await compare((isKnown, n) => {
      const payerCode = isKnown ? payerCodes[n]! : newCode();
      const body = { managerId, payerCode, slipPassword: generateSlipPassword() };
      return see(() => server.api(addPayer, { token: person.token, body, headers: from() }));
    });
    expectAlike(sides, 422);
  });

  it('by opening invitations', async () => {
    const { token } = await createStaff(server.db, managerId, 'admin');
    for (const [n, email] of emails.entries()) {
      if (n % 100 === 0) await server.db('rate_limits').del();
      await server.api(inviteStaff, { token, body: { email, role: 'clerk' } });
    }
    const sides = await compare((isKnown, n) => {
      const body = { email: isKnown ? emails[n]! : unknownEmail(), code: generateSlipPassword() };
      return see(() => server.api(openInvitation, { body, headers: from() }));
    });
    expectAlike(sides, 422);
  });
});
