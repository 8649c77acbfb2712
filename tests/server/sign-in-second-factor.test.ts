import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { RecoveryCode } from '../../server/models/recovery-code.ts';
import { Session } from '../../server/models/session.ts';
import { recoveryCodeHmac } from '../../server/modules/second-factor/verify.ts';
import { createAccount } from '../helpers/factories.ts';
import { codeOfApp, createSecondFactor } from '../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';

let server: TestServer;
let account: Account;
let secret: string;
/** Stands still, so that no code becomes too old in the middle of a test. */
let now = new Date();

beforeAll(async () => {
  server = await startTestServer({ clock: () => now });
});

afterAll(() => server.close());

beforeEach(async () => {
  now = new Date();
  await server.db('rate_limits').del();
  account = await createAccount(server.db, { passwordHash: await server.services.passwords.hash(password) });
  secret = await createSecondFactor(server.services, account.id);
});

type SignIn = Partial<BodyInput<typeof createSession>>;

const signIn = async (more: SignIn = {}) => {
  const { status, body, problem } = await server.api(createSession, {
    body: { email: account.email, password, ...more },
  });
  return { token: body?.token, said: status === 201 ? 'in' : problem.code };
};

const said = async (more: SignIn = {}) => (await signIn(more)).said;

/** The app's code; the next one half a minute later. */
const code = (later = 0) => codeOfApp(secret, new Date(now.getTime() + later * 30_000));

const wrongCode = () => String((Number(code()) + 500_000) % 1_000_000).padStart(6, '0');

const refusals = () =>
  AuditEntry.query(server.db).where({ action: 'second_factor.refused', subject_id: account.id }).resultSize();

describe('signing in to an account with a second factor', () => {
  it('takes the password and a code', async () => {
    expect(await said()).toBe('second_factor_required');
    expect(await said({ secondFactor: wrongCode() })).toBe('second_factor_rejected');
    expect(await Session.query(server.db).where({ account_id: account.id })).toEqual([]);
    expect(await refusals()).toBe(1);
    expect(await said({ secondFactor: code() })).toBe('in');
  });

  it('says nothing of it to a wrong password', async () => {
    for (const secondFactor of [undefined, code(), wrongCode()]) {
      expect(await said({ password: 'Napacno-geslo-7', ...(secondFactor ? { secondFactor } : {}) })).toBe(
        'wrong_credentials',
      );
    }
  });

  it('uses a code up', async () => {
    const used = code();
    expect(await said({ secondFactor: used })).toBe('in');
    expect(await said({ secondFactor: used, takeOver: true })).toBe('second_factor_rejected');
    now = new Date(now.getTime() + 30_000);
    expect(await said({ secondFactor: code(), takeOver: true })).toBe('in');
  });

  it('does not use a code up by the question whether to take over', async () => {
    const first = await signIn({ secondFactor: code() });
    const next = code(1);
    expect(await said({ takeOver: true })).toBe('second_factor_required');
    expect(await said({ secondFactor: next })).toBe('session_active');
    expect(await said({ secondFactor: next, takeOver: true })).toBe('in');
    expect((await server.api(getSession, { token: first.token })).problem.code).toBe('session_displaced');
  });

  it('tells nobody without a code that there is a session', async () => {
    await signIn({ secondFactor: code() });
    expect(await said()).toBe('second_factor_required');
    expect(await said({ secondFactor: wrongCode() })).toBe('second_factor_rejected');
  });

  it('takes a code once, of many who try it at once', async () => {
    const secondFactor = code();
    const answers = await Promise.all(Array.from({ length: 4 }, () => said({ secondFactor, takeOver: true })));
    expect(answers.sort()).toEqual(['in', ...Array<string>(3).fill('second_factor_rejected')]);
  });

  it('takes a recovery code instead, once', async () => {
    const hmac = recoveryCodeHmac(server.services.keys.codes, account.id, 'ABCDEFGHJKLMN');
    await RecoveryCode.query(server.db).insert({ accountId: account.id, hmac });
    expect(await said({ secondFactor: 'abcd-efgh-jklmn' })).toBe('in');
    expect(await said({ secondFactor: 'abcd-efgh-jklmn', takeOver: true })).toBe('second_factor_rejected');
  });

  it('waits after five wrong codes, for good ones as well; a good one clears them', async () => {
    for (let round = 0; round < 4; round += 1) await said({ secondFactor: wrongCode() });
    expect(await said({ secondFactor: code() })).toBe('in');
    for (let round = 0; round < 5; round += 1) {
      expect(await said({ secondFactor: wrongCode() })).toBe('second_factor_rejected');
    }
    expect(await said({ secondFactor: code(1) })).toBe('rate_limited');
    expect(await said()).toBe('second_factor_required');
  });

  it('asks a closed account for none', async () => {
    await Account.query(server.db).findById(account.id).patch({ disabledAt: '2026-11-01 00:00:00.000' });
    expect(await said()).toBe('account_disabled');
  });
});
