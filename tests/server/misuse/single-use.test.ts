import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPayer } from '../../../contract/account-payers.ts';
import { changeEmail, confirmEmail } from '../../../contract/account.ts';
import { createHumanCheck } from '../../../contract/human-check.ts';
import { completePasswordReset, requestPasswordReset } from '../../../contract/password-resets.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from '../../../contract/second-factor.ts';
import { createSession } from '../../../contract/session.ts';
import { acceptInvitation, inviteStaff, openInvitation } from '../../../contract/staff.ts';
import { createLogger } from '../../../server/logger.ts';
import { createResetWorker } from '../../../server/modules/password-resets/reset-worker.ts';
import { generateSlipPassword } from '../../../server/slip-password.ts';
import { createManager, createPayer, createSlipPassword, createStaff } from '../../helpers/factories.ts';
import { codeIn, lastMail } from '../../helpers/mails.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { codeOfApp, createSecondFactor } from '../../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * Everything that counts once, used ten times: one after the other, and all at once. Each try comes from another
 * network, so that what refuses it is the secret, and no limit.
 */
let server: TestServer;
let managerId: string;
const failures: string[] = [];

beforeAll(async () => {
  server = await startTestServer({
    config: { trustedProxies: ['127.0.0.1'], humanCheck: 'altcha', humanCheckWork: 3 },
    logger: createLogger('error', { write: (line) => void failures.push(line) }),
  });
  managerId = (await createManager(server.db)).id;
});

beforeEach(() => server.db('rate_limits').del());
afterEach(() => expect(failures.splice(0)).toEqual([]));
afterAll(() => server.close());

let network = 0;
const elsewhere = () => ({ 'X-Forwarded-For': `10.1.${(network += 1) >> 8}.${network & 255}` });

interface Answer {
  readonly status: number;
  readonly problem?: { readonly code: string };
}

const codeOf = ({ status, problem }: Answer): string | number => problem?.code ?? status;

let unique = 0;
const newEmail = () => `nova-${(unique += 1)}@example.si`;
const somebody = () => createPerson(server, () => Promise.resolve());

async function solve(action: 'registration' | 'password-reset'): Promise<string> {
  const { body } = await server.api(createHumanCheck, { query: { action } });
  const challenge = body.challenge as unknown as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** A use of a secret; each time another person uses it where that makes a difference. */
type Use = (n: number) => Promise<Answer>;

interface Secret {
  /** A fresh secret, and what it is used by. */
  readonly prepare: () => Promise<Use>;
  readonly good: number;
  /** What all uses but the one are answered. */
  readonly refused: string | readonly string[];
}

async function register(body: { payerCode: string; slipPassword: string; email?: string; humanCheck?: string }) {
  const names = { firstName: 'Živa', lastName: 'Čebašek', password };
  const { email = newEmail(), humanCheck = await solve('registration'), ...rest } = body;
  const given = { managerId, ...names, ...rest, email, humanCheck };
  return server.api(createRegistration, { body: given, headers: elsewhere() });
}

async function slipPasswordUses(): Promise<{ add: Use; register: Use }> {
  const payer = await createPayer(server.db, managerId);
  const body = { payerCode: payer.code, slipPassword: await createSlipPassword(server.services, payer) };
  const people = await Promise.all(Array.from({ length: 10 }, somebody));
  return {
    add: (n) => server.api(addPayer, { token: people[n]!.token, body: { managerId, ...body }, headers: elsewhere() }),
    register: () => register(body),
  };
}

async function emailCode({ account, token }: Person): Promise<string> {
  const email = newEmail();
  await server.api(changeEmail, { token, body: { email, password } });
  return codeIn(await lastMail(server.db, email, account.emailConfirmedAt ? 'email-code' : undefined));
}

async function resetCode(email: string): Promise<string> {
  const body = { email, humanCheck: await solve('password-reset') };
  await server.api(requestPasswordReset, { body, headers: elsewhere() });
  await createResetWorker(server.services).run();
  return codeIn(await lastMail(server.db, email, 'password-reset'));
}

async function invitationCode(email: string): Promise<string> {
  const { token } = await createStaff(server.db, managerId, 'admin');
  await server.api(inviteStaff, { token, body: { email, role: 'clerk' } });
  return codeIn(await lastMail(server.db, email, 'invitation'));
}

async function withSecondFactor() {
  const { account, token } = await somebody();
  const secret = await createSecondFactor(server.services, account.id);
  const signIn = (secondFactor: string): Promise<Answer> => {
    const body = { email: account.email, password, secondFactor, takeOver: true };
    return server.api(createSession, { body, headers: elsewhere() });
  };
  return { account, token, secret, signIn };
}

async function recoveryCodes(): Promise<{ person: Person; codes: string[] }> {
  const person = await somebody();
  const { token } = person;
  const { body } = await server.api(startSecondFactor, { token, body: { password } });
  const code = codeOfApp(body.secret);
  return { person, codes: (await server.api(confirmSecondFactor, { token, body: { code } })).body.recoveryCodes };
}

const secrets: Record<string, Secret> = {
  'slip password, added to accounts': {
    prepare: async () => (await slipPasswordUses()).add,
    ...{ good: 201, refused: 'slip_password_rejected' },
  },
  'slip password, registered with and added': {
    prepare: async () => {
      const uses = await slipPasswordUses();
      return (n) => (n % 2 === 0 ? uses.register(n) : uses.add(n));
    },
    ...{ good: 201, refused: 'slip_password_rejected' },
  },
  'code for an e-mail address': {
    prepare: async () => {
      const person = await somebody();
      const code = await emailCode(person);
      return () => server.api(confirmEmail, { token: person.token, body: { code }, headers: elsewhere() });
    },
    ...{ good: 200, refused: 'code_rejected' },
  },
  'code for a new password': {
    prepare: async () => {
      const { email } = (await somebody()).account;
      const code = await resetCode(email);
      return (n) => {
        const body = { email, code, password: `Modra-streha-8${n}` };
        return server.api(completePasswordReset, { body, headers: elsewhere() });
      };
    },
    ...{ good: 204, refused: 'code_rejected' },
  },
  'invitation, to who is new': {
    prepare: async () => {
      const email = newEmail();
      const code = await invitationCode(email);
      const body = { email, code, password, firstName: 'Nika', lastName: 'Žnidaršič' };
      return () => server.api(acceptInvitation, { body, headers: elsewhere() });
    },
    // Who opens it after the other has joined is asked for the password of an account that is there by then.
    ...{ good: 201, refused: ['code_rejected', 'email_taken'] },
  },
  'invitation, to who has an account': {
    prepare: async () => {
      const { email } = (await somebody()).account;
      const body = { email, code: await invitationCode(email), password };
      return () => server.api(acceptInvitation, { body, headers: elsewhere() });
    },
    ...{ good: 201, refused: ['code_rejected', 'rate_limited'] },
  },
  'code of the authenticator app': {
    prepare: async () => {
      const { secret, signIn } = await withSecondFactor();
      const code = codeOfApp(secret);
      return () => signIn(code);
    },
    ...{ good: 201, refused: ['second_factor_rejected', 'rate_limited'] },
  },
  'recovery code, to sign in': {
    prepare: async () => {
      const { person, codes } = await recoveryCodes();
      const body = { email: person.account.email, password, secondFactor: codes[3]!, takeOver: true };
      return () => server.api(createSession, { body, headers: elsewhere() });
    },
    ...{ good: 201, refused: ['second_factor_rejected', 'rate_limited'] },
  },
  'recovery code, to turn the second factor off': {
    prepare: async () => {
      const { person, codes } = await recoveryCodes();
      const body = { password, code: codes[3]! };
      return () => server.api(removeSecondFactor, { token: person.token, body });
    },
    ...{ good: 200, refused: ['second_factor_state', 'second_factor_rejected', 'rate_limited'] },
  },
  'answer to the human check': {
    prepare: async () => {
      const humanCheck = await solve('registration');
      const { code: payerCode } = await createPayer(server.db, managerId);
      return () => register({ payerCode, slipPassword: generateSlipPassword(), humanCheck });
    },
    // Past the human check nothing of it is right.
    ...{ good: 422, refused: 'human_check_failed' },
  },
};

const isGood = (answer: Answer, { good, refused }: Secret): boolean =>
  answer.status === good && ![refused].flat().includes(String(codeOf(answer)));

describe.each(Object.entries(secrets))('a %s', (_, secret) => {
  const allowed = [secret.refused].flat();
  const expectOnce = (answers: readonly Answer[]) => {
    expect(answers.filter((answer) => isGood(answer, secret))).toHaveLength(1);
    for (const answer of answers) if (!isGood(answer, secret)) expect(allowed).toContain(codeOf(answer));
  };

  it('counts once, of ten uses at once', async () => {
    const use = await secret.prepare();
    expectOnce(await Promise.all(Array.from({ length: 10 }, (__, n) => use(n))));
  });

  it('counts once, of uses one after the other', async () => {
    const use = await secret.prepare();
    const answers: Answer[] = [];
    for (let n = 0; n < 4; n += 1) answers.push(await use(n));
    expectOnce(answers);
    expect(isGood(answers[0]!, secret)).toBe(true);
  });
});

describe('wrong tries at once', () => {
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it.each([
    [4, 200],
    [5, 'code_rejected'],
    [20, 'code_rejected'],
  ])('of a code for an e-mail address, %i of them: then the right one is answered %s', async (count, outcome) => {
    const person = await somebody();
    const code = await emailCode(person);
    const attempt = (typed: string) =>
      server.api(confirmEmail, { token: person.token, body: { code: typed }, headers: elsewhere() });
    const answers = await Promise.all(Array.from({ length: count }, () => attempt(wrong(code))));
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['code_rejected']));
    expect(codeOf(await attempt(code))).toBe(outcome);
  });

  it('of the second factor are no more than five, from wherever they come', async () => {
    const { secret, signIn } = await withSecondFactor();
    const codes = (await Promise.all(Array.from({ length: 20 }, () => signIn(wrong(codeOfApp(secret)))))).map(codeOf);
    expect(codes.filter((code) => code === 'second_factor_rejected')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(15);
  });

  it.each(['passwordResets.complete', 'invitations.open'])(
    'of %s are no more than five from one network',
    async (id) => {
      const email = newEmail();
      const headers = elsewhere();
      const attempt = (): Promise<Answer> => {
        const body = { email, code: generateSlipPassword() };
        if (id === 'invitations.open') return server.api(openInvitation, { body, headers });
        return server.api(completePasswordReset, { body: { ...body, password: 'Modra-streha-8' }, headers });
      };
      const codes = (await Promise.all(Array.from({ length: 20 }, attempt))).map(codeOf);
      expect(codes.filter((code) => code === 'code_rejected')).toHaveLength(5);
      expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(15);
    },
  );
});
