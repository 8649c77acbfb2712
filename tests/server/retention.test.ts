import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../server/db/id.ts';
import { days, later, toInstant } from '../../server/db/time.ts';
import { createLogger } from '../../server/logger.ts';
import { ApiKey } from '../../server/models/api-key.ts';
import { AccountCode } from '../../server/models/account-code.ts';
import { HumanCheck } from '../../server/models/human-check.ts';
import { Invitation } from '../../server/models/invitation.ts';
import { Mail } from '../../server/models/mail.ts';
import { PrintRun } from '../../server/models/print-run.ts';
import { Session } from '../../server/models/session.ts';
import { createRetentionWorker, forgetExpired } from '../../server/retention.ts';
import { createAccount, createApiKey, createManager, createToken } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let db: Knex;

const at = (daysFromNow: number): string => toInstant(later(new Date(), daysFromNow * days));

beforeAll(async () => {
  server = await startTestServer();
  ({ db } = server);
});

afterAll(() => server.close());

beforeEach(() => Session.query(db).delete());

async function session(given: { lastUsedAt?: string; expiresAt?: string }): Promise<string> {
  const { id } = await createAccount(db);
  await createToken(db, id);
  await Session.query(db).where({ account_id: id }).patch(given);
  return id;
}

async function code(accountId: string, purpose: 'email' | 'password', expiresAt: string): Promise<void> {
  const rest = { email: 'nova@example.si', hmac: '0'.repeat(64), triesLeft: 5, createdAt: at(-2) };
  await AccountCode.query(db).insert({ id: newId(), accountId, purpose, expiresAt, ...rest });
}

async function invitation(managerId: string, email: string, expiresAt: string): Promise<void> {
  const rest = { role: 'clerk', language: 'sl', hmac: '0'.repeat(64), invitedBy: null, createdAt: at(-8) } as const;
  await Invitation.query(db).insert({ managerId, id: newId(), email, expiresAt, ...rest });
}

describe('what has run out', () => {
  it('goes: sessions that nobody used for 30 days, or that have lasted 180', async () => {
    const alive = await session({ lastUsedAt: at(-29), expiresAt: at(1) });
    await session({ lastUsedAt: at(-31), expiresAt: at(1) });
    await session({ lastUsedAt: at(-1), expiresAt: at(-0.01) });
    await forgetExpired(server.services);
    expect((await Session.query(db)).map(({ accountId }) => accountId)).toEqual([alive]);
  });

  it('goes: print runs of more than 400 days ago', async () => {
    const { id: managerId } = await createManager(db);
    const runs = [at(-399), at(-401)].map((createdAt) => ({
      ...{ managerId, id: newId(), runId: newId(), period: '2026-10', form: 'pdf', slipPasswords: false },
      ...{ selection: '{}', state: 'done', slips: 1, slipsDone: 1, createdAt, heartbeatAt: createdAt },
    }));
    for (const run of runs) await PrintRun.query(db).insert(run as Partial<PrintRun>);
    await forgetExpired(server.services);
    expect(await PrintRun.query(db).where({ manager_id: managerId })).toMatchObject([{ id: runs[0]!.id }]);
  });

  it('goes: keys for other programs that ran out more than a year ago', async () => {
    const { id: managerId } = await createManager(db);
    const kept = await createApiKey(db, managerId, { expiresAt: at(-364) });
    await createApiKey(db, managerId, { expiresAt: at(-366) });
    await forgetExpired(server.services);
    expect(await ApiKey.query(db).where({ manager_id: managerId })).toMatchObject([{ id: kept.id }]);
  });

  it('goes: codes and invitations, with the addresses they were sent to', async () => {
    const { id: accountId } = await createAccount(db);
    const { id: managerId } = await createManager(db);
    await code(accountId, 'email', at(-0.01));
    await code(accountId, 'password', at(0.01));
    await invitation(managerId, 'prepozno@example.si', at(-0.01));
    await invitation(managerId, 'se-dobro@example.si', at(0.01));
    await forgetExpired(server.services);
    expect((await AccountCode.query(db)).map(({ purpose }) => purpose)).toEqual(['password']);
    expect((await Invitation.query(db)).map(({ email }) => email)).toEqual(['se-dobro@example.si']);
  });

  it('goes: human checks that would be refused for their age', async () => {
    await HumanCheck.query(db).insert({ id: 'a'.repeat(64), expiresAt: at(-0.01) });
    await HumanCheck.query(db).insert({ id: 'b'.repeat(64), expiresAt: at(0.01) });
    await forgetExpired(server.services);
    expect((await HumanCheck.query(db)).map(({ id }) => id)).toEqual(['b'.repeat(64)]);
  });

  it('goes: mails, and tries that no limit needs any more', async () => {
    const sent = { toAddress: 'ana@example.si', subject: '', text: '', messageId: '<1@x>', nextTryAt: at(-91) };
    await Mail.query(db).insert({ ...sent, id: newId(), state: 'sent', createdAt: at(-91) });
    await db('rate_limits').insert({ key: 'sign-in:x:', points: 1, expire: Date.now() - 1 });
    await forgetExpired(server.services);
    expect(await Mail.query(db).resultSize()).toBe(0);
    expect(await db('rate_limits').where({ key: 'sign-in:x:' })).toEqual([]);
  });
});

describe('the worker', () => {
  it('begins by itself, and stops', async () => {
    await session({ expiresAt: at(-1) });
    const worker = createRetentionWorker(server.services);
    worker.start();
    await worker.stop();
    expect(await Session.query(db).resultSize()).toBe(0);
  });

  it('writes to the log what keeps it from its work, and goes on', async () => {
    const lines: string[] = [];
    const logger = createLogger('error', { write: (line) => void lines.push(line) });
    const clock = () => {
      throw new Error('no clock');
    };
    const worker = createRetentionWorker({ ...server.services, clock, logger });
    worker.start();
    await worker.stop();
    expect(lines.join()).toContain('no clock');
  });
});
