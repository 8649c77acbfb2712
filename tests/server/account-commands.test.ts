import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSession, getSession } from '../../contract/session.ts';
import { toInstant } from '../../server/db/time.ts';
import type { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import { RecoveryCode } from '../../server/models/recovery-code.ts';
import { SecondFactor } from '../../server/models/second-factor.ts';
import { iiportal } from '../helpers/command-line.ts';
import { createAccount } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';

let server: TestServer;
let account: Account;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  account = await createAccount(server.db, { passwordHash: await server.services.passwords.hash(password) });
});

/** `npm run iiportal -- account …`, while the server runs on the same database. */
function command(deed: string, email = account.email) {
  const { dataDir: folder, databaseUrl: url } = server.services.config;
  return iiportal({ folder, url }, ['account', deed, '--email', email]);
}

const signIn = async (takeOver = false) =>
  server.api(createSession, { body: { email: account.email, password, takeOver } });

const deeds = async () => {
  const entries = await AuditEntry.query(server.db).where({ subject_id: account.id }).orderBy('seq');
  return entries.map(({ action, actorId, details }) => ({ action, actorId, details }));
};

const byOperator = (action: string) => ({ action, actorId: null, details: JSON.stringify({ by: 'operator' }) });

describe('account disable and account enable', () => {
  it('closes an account at once, also to the session that it has, and opens it again', async () => {
    const { token } = (await signIn()).body;
    expect(await command('disable')).toEqual({ out: `${account.email} is disabled.`, err: '', code: 0 });
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
    expect((await signIn()).problem.code).toBe('account_disabled');
    expect((await command('enable', account.email.toUpperCase())).out).toBe(`${account.email} is enabled.`);
    expect((await signIn()).status).toBe(201);
    const made = (await deeds()).filter(({ action }) => action.startsWith('account.'));
    expect(made).toEqual([byOperator('account.disabled'), byOperator('account.enabled')]);
  });

  it('does nothing twice', async () => {
    await command('disable');
    expect(await command('disable')).toMatchObject({ out: `Nothing to do: ${account.email} is disabled.`, code: 0 });
    expect(await deeds()).toHaveLength(1);
  });

  it('says that there is no such account', async () => {
    const { err, code } = await command('disable', 'nikogar@example.si');
    expect([err, code]).toEqual(['--email: there is no account with this address', 2]);
  });
});

describe('account second-factor-off', () => {
  it('takes the second factor and the recovery codes away, and tells the person', async () => {
    const accountId = account.id;
    const now = toInstant(new Date());
    await SecondFactor.query(server.db).insert({ accountId, sealedSecret: 'x', createdAt: now, confirmedAt: now });
    await RecoveryCode.query(server.db).insert({ accountId, hmac: 'a'.repeat(64) });
    expect((await signIn()).problem.code).toBe('second_factor_required');
    expect((await command('second-factor-off')).out).toBe(`${account.email} has no second factor.`);
    expect((await signIn()).status).toBe(201);
    expect(await RecoveryCode.query(server.db).where({ account_id: accountId })).toEqual([]);
    expect(await Mail.query(server.db).where({ account_id: accountId })).toMatchObject([{ kind: 'second-factor' }]);
    expect(await deeds()).toContainEqual(byOperator('second_factor.disabled'));
    expect((await command('second-factor-off')).out).toBe(`Nothing to do: ${account.email} has no second factor.`);
  });
});
