import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BodyInput } from '../../contract/endpoint.ts';
import { completePasswordReset, requestPasswordReset } from '../../contract/password-resets.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { toInstant } from '../../server/db/time.ts';
import { AccountCode } from '../../server/models/account-code.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import { ResetRequest } from '../../server/models/reset-request.ts';
import { SecondFactor } from '../../server/models/second-factor.ts';
import { createResetWorker } from '../../server/modules/password-resets/reset-worker.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { createAccount, createToken } from '../helpers/factories.ts';
import { codeIn, lastMail } from '../helpers/mails.ts';
import { workOf } from '../helpers/work.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';
const newPassword = 'Zelena-trava-8';
const minute = 60_000;

let server: TestServer;
let account: Account;
let shift = 0;
let number = 0;

beforeAll(async () => {
  server = await startTestServer({ clock: () => new Date(Date.now() + shift) });
});

afterAll(() => server.close());

const forgetTries = () => server.db('rate_limits').del();

beforeEach(async () => {
  shift = 0;
  await forgetTries();
  await ResetRequest.query(server.db).delete();
  const passwordHash = await server.services.passwords.hash(password);
  account = await createAccount(server.db, { passwordHash, emailConfirmedAt: toInstant(new Date()) });
});

const unknownAddress = () => `nikogar-${(number += 1)}@example.si`;
const request = (email = account.email) => server.api(requestPasswordReset, { body: { email } });
const work = () => createResetWorker(server.services).run();

async function askForCode(): Promise<string> {
  await request();
  await work();
  return codeIn(await lastMail(server.db, account.email, 'password-reset'));
}

type Completion = Partial<BodyInput<typeof completePasswordReset>>;

const complete = (given: Completion) =>
  server.api(completePasswordReset, {
    body: { email: account.email, code: generateSlipPassword(), password: newPassword, ...given },
  });

const signIn = (typed: string) =>
  server.api(createSession, { body: { email: account.email, password: typed, takeOver: true } });

const mailsTo = (to: string) => Mail.query(server.db).where({ to_address: to });
const deeds = async (id = account.id) =>
  (await AuditEntry.query(server.db).where({ subject_id: id }).orderBy('seq')).map(({ action }) => action);

describe('a request for a new password', () => {
  it('brings the code by mail, and changes nothing yet', async () => {
    const token = await createToken(server.db, account.id);
    const { status, body } = await request(account.email.toUpperCase());
    expect([status, body]).toEqual([202, {}]);
    await work();
    const mail = await lastMail(server.db, account.email);
    expect(mail).toMatchObject({ kind: 'password-reset', accountId: account.id });
    expect(codeIn(mail)).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}$/);
    expect((await server.api(getSession, { token })).status).toBe(200);
    expect((await signIn(password)).status).toBe(201);
    expect(await ResetRequest.query(server.db).resultSize()).toBe(0);
  });

  it('does the same for an unknown e-mail: one row, the same answer', async () => {
    const queriesOf = async (email: string) => {
      const { answer, queries } = await workOf(server, () => request(email));
      const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
      return { status: answer.status, bytes: answer.bytes.toString(), headers, queries };
    };
    const known = await queriesOf(account.email);
    expect(await queriesOf(unknownAddress())).toEqual(known);
    expect(known.queries.filter((sql) => sql.includes('reset_requests'))).toHaveLength(1);
    expect(known.queries.filter((sql) => sql.includes('accounts'))).toEqual([]);
    expect(await ResetRequest.query(server.db).resultSize()).toBe(2);
  });

  it.each([
    ['nobody has', () => Promise.resolve(unknownAddress())],
    ['is not confirmed', async () => (await createAccount(server.db)).email],
    [
      'is of a closed account',
      async () => {
        const at = toInstant(new Date());
        return (await createAccount(server.db, { emailConfirmedAt: at, disabledAt: at })).email;
      },
    ],
  ])('brings no mail to an address that %s', async (_, prepare) => {
    const email = await prepare();
    await request(email);
    await work();
    expect(await mailsTo(email)).toEqual([]);
    expect(await ResetRequest.query(server.db).resultSize()).toBe(0);
  });

  it('is written down, without the address', async () => {
    const email = unknownAddress();
    await request(email);
    await request();
    await work();
    expect(await deeds()).toEqual(['password.reset_requested']);
    const [entry] = await AuditEntry.query(server.db).where({ subject_id: server.services.audit.pseudonym(email) });
    expect(entry).toMatchObject({ action: 'password.reset_requested', address: '127.0.0.1', actorId: null });
    expect(JSON.stringify(entry)).not.toContain(email);
  });

  it('waits for the one before, known or not', async () => {
    for (const email of [account.email, unknownAddress()]) {
      expect((await request(email)).status).toBe(202);
      expect((await request(email)).problem).toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    }
  });

  it('asks for a human check, which is good for it alone', async () => {
    const asked: unknown[] = [];
    const humanCheck = {
      ...server.services.humanCheck,
      verify: (...given: unknown[]) => Promise.resolve(asked.push(given) > 1 ? ('good' as const) : ('bad' as const)),
    };
    const own = await startTestServer({ services: { humanCheck } });
    const call = { body: { email: account.email, humanCheck: 'odgovor' } };
    expect((await own.api(requestPasswordReset, call)).problem.code).toBe('human_check_failed');
    expect(await ResetRequest.query(own.db).resultSize()).toBe(0);
    expect((await own.api(requestPasswordReset, call)).status).toBe(202);
    expect(asked[0]).toEqual(['odgovor', 'password-reset']);
    await own.close();
  });

  it('that nobody has answered for as long as a code lives is dropped', async () => {
    await request();
    shift = 61 * minute;
    await work();
    expect(await mailsTo(account.email)).toEqual([]);
    expect(await ResetRequest.query(server.db).resultSize()).toBe(0);
  });
});

describe('the worker', () => {
  it('answers each request once, in several processes', async () => {
    const accounts = [];
    for (let i = 0; i < 8; i += 1) {
      accounts.push(await createAccount(server.db, { emailConfirmedAt: toInstant(new Date()) }));
    }
    for (const { email } of accounts) await request(email);
    await Promise.all([work(), work(), work()]);
    for (const { email, id } of accounts) {
      expect(await mailsTo(email)).toHaveLength(1);
      expect(await deeds(id)).toEqual(['password.reset_requested']);
    }
  });

  it('keeps a request that could not be answered', async () => {
    const outbox = { ...server.services.outbox, add: () => Promise.reject(new Error('no outbox')) };
    await request();
    await expect(createResetWorker({ ...server.services, outbox }).run()).rejects.toThrow('no outbox');
    expect(await ResetRequest.query(server.db).resultSize()).toBe(1);
    expect(await AccountCode.query(server.db).where({ account_id: account.id })).toEqual([]);
    await work();
    expect(await mailsTo(account.email)).toHaveLength(1);
  });

  it('begins by itself, and stops', async () => {
    const worker = createResetWorker(server.services);
    await request();
    worker.start();
    await expect.poll(() => mailsTo(account.email)).toHaveLength(1);
    await worker.stop();
    await forgetTries();
    await request();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await mailsTo(account.email)).toHaveLength(1);
  });
});

describe('the code from the mail', () => {
  it('sets the new password, ends the session and signs nobody in', async () => {
    const token = await createToken(server.db, account.id);
    const { status, bytes } = await complete({ code: (await askForCode()).toLowerCase().replaceAll('-', ' ') });
    expect([status, bytes.length]).toEqual([204, 0]);
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(newPassword)).status).toBe(201);
    expect((await deeds()).slice(0, 2)).toEqual(['password.reset_requested', 'password.reset']);
    const notice = await lastMail(server.db, account.email, 'password-changed');
    expect(notice.text).not.toContain(newPassword);
  });

  it('is kept as an HMAC alone', async () => {
    const code = await askForCode();
    const kept = await AccountCode.query(server.db).findOne({ account_id: account.id }).throwIfNotFound();
    expect(kept).toMatchObject({ purpose: 'password', email: account.email });
    expect(JSON.stringify(kept)).not.toContain(code.replaceAll('-', ''));
  });

  it('is good for 60 minutes', async () => {
    const code = await askForCode();
    shift = 60 * minute;
    expect((await complete({ code })).problem.code).toBe('code_rejected');
    shift = 59 * minute;
    expect((await complete({ code })).status).toBe(204);
  });

  it('is good for as long as the setting says', async () => {
    const config = { ...server.services.config, passwordResetMinutes: 10 };
    await request();
    await createResetWorker({ ...server.services, config }).run();
    const code = codeIn(await lastMail(server.db, account.email, 'password-reset'));
    shift = 10 * minute;
    expect((await complete({ code })).problem.code).toBe('code_rejected');
  });

  it('is good once, of several requests at the same time', async () => {
    const code = await askForCode();
    const { codeTries } = server.services.limits;
    Object.assign(server.services.limits, { codeTries: { ...codeTries, consume: () => Promise.resolve(0) } });
    const tries = Array.from({ length: 5 }, (_, i) => complete({ code, password: `Zelena-trava-${i}x` }));
    const answers = await Promise.all(tries);
    Object.assign(server.services.limits, { codeTries });
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422, 422]);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await signIn(`Zelena-trava-${winner}x`)).status).toBe(201);
    expect((await complete({ code })).problem.code).toBe('code_rejected');
  });

  it('stays good, however many wrong ones strangers type for the address', async () => {
    const code = await askForCode();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect((await complete({})).problem.code).toBe('code_rejected');
      await forgetTries();
    }
    expect((await complete({ code })).status).toBe(204);
  });

  it('makes who guesses wait', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await complete({});
    expect((await complete({})).problem.code).toBe('rate_limited');
  });

  it('is void when a newer one was sent', async () => {
    const first = await askForCode();
    await forgetTries();
    const second = await askForCode();
    expect((await complete({ code: first })).problem.code).toBe('code_rejected');
    expect((await complete({ code: second })).status).toBe(204);
  });

  it('does for its own account alone', async () => {
    const code = await askForCode();
    const at = toInstant(new Date());
    const other = await createAccount(server.db, { emailConfirmedAt: at });
    expect((await complete({ code, email: other.email })).problem.code).toBe('code_rejected');
    expect((await Account.query(server.db).findById(other.id))?.passwordHash).toBe('none');
  });

  it('does no more once the account was closed', async () => {
    const code = await askForCode();
    await Account.query(server.db)
      .findById(account.id)
      .patch({ disabledAt: toInstant(new Date()) });
    expect((await complete({ code })).problem.code).toBe('code_rejected');
    expect((await Account.query(server.db).findById(account.id))?.passwordHash).toBe(account.passwordHash);
  });

  it.each([
    ['Ljubljana-2026', 'common_password'],
    ['zelenatrava', 'upper'],
  ])('sets no password like %s, and stays good', async (made, rule) => {
    const code = await askForCode();
    expect((await complete({ code, password: made })).problem.fields?.[0]).toEqual({ path: 'password', rule });
    expect((await complete({ code })).status).toBe(204);
  });

  it('with a typing slip is refused by its check character', async () => {
    const code = await askForCode();
    const { problem } = await complete({ code: code.slice(0, -1) + (code.endsWith('2') ? '3' : '2') });
    expect(problem.fields).toEqual([{ path: 'code', rule: 'slip_password' }]);
  });

  it('leaves the second factor as it is, and calls off a change of the address', async () => {
    const { db } = server;
    const now = toInstant(new Date());
    const sealed = { accountId: account.id, sealedSecret: 'x', lastStep: 0, createdAt: now, confirmedAt: now };
    await SecondFactor.query(db).insert(sealed);
    await AccountCode.query(db).insert({
      ...{ id: 'cf'.repeat(16), accountId: account.id, purpose: 'email', email: 'tat@example.si', hmac: 'x' },
      ...{ triesLeft: 5, createdAt: now, expiresAt: '2036-01-01 00:00:00.000' },
    });
    expect((await complete({ code: await askForCode() })).status).toBe(204);
    expect(await SecondFactor.query(db).findById(account.id)).toMatchObject(sealed);
    expect(await AccountCode.query(db).where({ account_id: account.id })).toEqual([]);
  });

  it('lifts the wait of who has tried passwords before', async () => {
    for (let attempt = 0; attempt < 6; attempt += 1) await signIn('Napacno-geslo-7');
    expect((await signIn(password)).problem.code).toBe('rate_limited');
    expect((await complete({ code: await askForCode() })).status).toBe(204);
    expect((await signIn(newPassword)).status).toBe(201);
  });
});

describe('a code for an e-mail that nobody has', () => {
  it('is refused with the same answer, after the same work', async () => {
    await askForCode();
    const tried = async (email: string) => {
      const { answer, ...work } = await workOf(server, () => complete({ email }));
      return { ...work, problem: { ...answer.problem, requestId: '' } };
    };
    const known = await tried(account.email);
    expect([known.problem.code, known.hashed]).toEqual(['code_rejected', 1]);
    expect(await tried(unknownAddress())).toEqual(known);
  });

  it('is written down, without the address', async () => {
    const email = unknownAddress();
    await complete({ email });
    expect(await deeds(server.services.audit.pseudonym(email))).toEqual(['password.reset_refused']);
  });
});
