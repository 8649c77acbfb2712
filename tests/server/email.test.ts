import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelEmailChange, changeEmail, confirmEmail, sendEmailCode } from '../../contract/account.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { toInstant } from '../../server/db/time.ts';
import { AccountCode } from '../../server/models/account-code.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import { Session } from '../../server/models/session.ts';
import { newEmailCode } from '../../server/modules/account/email.service.ts';
import { createAccount, createToken } from '../helpers/factories.ts';
import { codeIn, lastMail } from '../helpers/mails.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';
const hour = 3_600_000;

let server: TestServer;
let account: Account;
let token: string;
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
  const passwordHash = await server.services.passwords.hash(password);
  account = await createAccount(server.db, { passwordHash, emailConfirmedAt: null });
  token = await createToken(server.db, account.id);
  await Session.query(server.db).patch({ expiresAt: '2036-01-01 00:00:00.000' }).where({ account_id: account.id });
});

const newAddress = () => `novi-${(number += 1)}-${account.id.slice(0, 6)}@example.si`;
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

const send = () => server.api(sendEmailCode, { token });
const confirm = (code: string) => server.api(confirmEmail, { token, body: { code } });
const change = (email: string, typed = password) =>
  server.api(changeEmail, { token, body: { email, password: typed } });
const codeTo = async (email: string) => codeIn(await lastMail(server.db, email, 'email-code'));
const stored = () => Account.query(server.db).findById(account.id).throwIfNotFound();
const deeds = async () =>
  (await AuditEntry.query(server.db).where({ subject_id: account.id }).orderBy('seq')).map(({ action }) => action);

async function confirmed(): Promise<void> {
  await Account.query(server.db)
    .findById(account.id)
    .patch({ emailConfirmedAt: toInstant(new Date()) });
}

describe('an unconfirmed address', () => {
  it('is confirmed by the six digits that were sent there, typed with a blank', async () => {
    const sent = await send();
    expect([sent.status, sent.body]).toEqual([202, { email: account.email, nextInSeconds: 60 }]);
    const code = await codeTo(account.email);
    const { status, body } = await confirm(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect([status, body.account.emailConfirmed, body.account.email]).toEqual([200, true, account.email]);
    expect((await stored()).emailConfirmedAt).not.toBeNull();
    expect(await deeds()).toEqual(['email.confirmed']);
  });

  it('has nothing of its code in the database', async () => {
    await send();
    const code = await codeTo(account.email);
    const kept = await AccountCode.query(server.db).findOne({ account_id: account.id }).throwIfNotFound();
    expect(kept.hmac).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify({ ...kept, id: '', accountId: '', hmac: '' })).not.toContain(code);
  });

  it('asks for six digits', async () => {
    for (const code of ['12345', '1234567', 'abcdef', '１２３４５６', '']) {
      expect((await confirm(code)).problem).toMatchObject({ code: 'invalid_request' });
    }
  });

  it('once confirmed waits for nothing', async () => {
    await send();
    const code = await codeTo(account.email);
    await confirm(code);
    expect((await confirm(code)).problem.code).toBe('code_rejected');
    await forgetTries();
    expect((await send()).problem.code).toBe('not_found');
    // What is not sent makes nobody wait.
    expect((await change(newAddress())).status).toBe(200);
  });
});

describe('a code', () => {
  it('is good for 24 hours', async () => {
    await send();
    const code = await codeTo(account.email);
    shift = 24 * hour;
    expect((await confirm(code)).problem.code).toBe('code_rejected');
    shift = 24 * hour - 60_000;
    expect((await confirm(code)).status).toBe(200);
  });

  it('is void after five wrong tries, and a new one is not', async () => {
    await send();
    const code = await codeTo(account.email);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await confirm(wrong(code))).problem.code).toBe('code_rejected');
    }
    await forgetTries();
    expect((await confirm(code)).problem.code).toBe('code_rejected');
    await send();
    expect((await confirm(await codeTo(account.email))).status).toBe(200);
  });

  it('bears four wrong tries', async () => {
    await send();
    const code = await codeTo(account.email);
    for (let attempt = 0; attempt < 4; attempt += 1) await confirm(wrong(code));
    expect((await confirm(code)).status).toBe(200);
  });

  it('is tried no more than five times by twenty requests at once', async () => {
    await send();
    const code = await codeTo(account.email);
    const { codeTries } = server.services.limits;
    // The limit would do the same: here the code has to see to it alone.
    Object.assign(server.services.limits, { codeTries: { ...codeTries, consume: () => Promise.resolve(0) } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(wrong(code))));
    Object.assign(server.services.limits, { codeTries });
    expect(new Set(answers.map(({ problem }) => problem.code))).toEqual(new Set(['code_rejected']));
    const kept = await AccountCode.query(server.db).findOne({ account_id: account.id }).throwIfNotFound();
    expect(kept.triesLeft).toBe(0);
    expect((await confirm(code)).problem.code).toBe('code_rejected');
  });

  it('makes who guesses wait', async () => {
    await send();
    const code = await codeTo(account.email);
    const codes: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) codes.push((await confirm(wrong(code))).problem.code);
    expect(codes).toEqual([...Array<string>(5).fill('code_rejected'), 'rate_limited']);
  });

  it('is used once, of several requests at the same time', async () => {
    await confirmed();
    const email = newAddress();
    await change(email);
    const code = await codeTo(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422]);
    expect(await deeds()).toEqual(['email.changed']);
    expect(await Mail.query(server.db).where({ to_address: account.email }).resultSize()).toBe(1);
  });

  it("does not do for another's account", async () => {
    const stranger = await createAccount(server.db);
    const theirs = await server.db.transaction((trx) =>
      newEmailCode(trx, server.services, stranger.id, stranger.email),
    );
    await send();
    if (theirs === (await codeTo(account.email))) return; // Once in a million.
    expect((await confirm(theirs)).problem.code).toBe('code_rejected');
  });
});

describe('sending another code', () => {
  it('voids the one before', async () => {
    await send();
    const first = await codeTo(account.email);
    await forgetTries();
    await send();
    const second = await codeTo(account.email);
    if (first !== second) expect((await confirm(first)).problem.code).toBe('code_rejected');
    expect((await confirm(second)).status).toBe(200);
  });

  it('takes longer each time', async () => {
    expect((await send()).body.nextInSeconds).toBe(60);
    const { problem, headers } = await send();
    expect(problem.code).toBe('rate_limited');
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(50);
    expect(await Mail.query(server.db).where({ to_address: account.email }).resultSize()).toBe(1);
    await server.db('rate_limits').where('key', 'like', 'email-code.wait%').del();
    expect((await send()).body.nextInSeconds).toBe(120);
  });

  it('waits as long after a code was typed in: no more codes to guess by an own address in between', async () => {
    await send();
    expect((await confirm(await codeTo(account.email))).status).toBe(200);
    expect((await change(newAddress())).problem.code).toBe('rate_limited');
  });

  it('leaves one code that is good when asked for by several at once', async () => {
    const { emailCode } = server.services.limits;
    Object.assign(server.services.limits, { emailCode: { ...emailCode, consume: () => Promise.resolve(0) } });
    const answers = await Promise.all(Array.from({ length: 5 }, send));
    Object.assign(server.services.limits, { emailCode });
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
    expect(await AccountCode.query(server.db).where({ account_id: account.id }).resultSize()).toBe(1);
  });
});

describe('a change of the address', () => {
  it('counts once the code sent to the new one is typed in, and the old one is told', async () => {
    await confirmed();
    const email = newAddress();
    const { body } = await change(email.toUpperCase());
    expect(body.account).toMatchObject({ email: account.email, emailConfirmed: true, newEmail: email });
    expect((await stored()).email).toBe(account.email);
    const changed = await confirm(await codeTo(email));
    expect(changed.body.account).toMatchObject({ email, emailConfirmed: true, newEmail: null });
    const notice = await lastMail(server.db, account.email, 'email-changed');
    expect(notice.text).toContain('n***@example.si');
    expect(notice.text).not.toContain(email);
    expect(await deeds()).toEqual(['email.changed']);
    const signIn = (by: string) => server.api(createSession, { body: { email: by, password, takeOver: true } });
    expect((await signIn(account.email)).status).toBe(401);
    expect((await signIn(email)).status).toBe(201);
  });

  it('mends a mistyped one, which is told nothing: it is somebody else', async () => {
    await send();
    const stray = await codeTo(account.email);
    const email = newAddress();
    await forgetTries();
    await change(email);
    const code = await codeTo(email);
    if (stray !== code) expect((await confirm(stray)).problem.code).toBe('code_rejected');
    expect((await confirm(code)).body.account).toMatchObject({ email, emailConfirmed: true });
    expect(await Mail.query(server.db).where({ to_address: account.email, kind: 'email-changed' })).toEqual([]);
  });

  it('asks for the password', async () => {
    const email = newAddress();
    expect((await change(email, 'Napacno-geslo-7')).problem.code).toBe('wrong_password');
    expect(await Mail.query(server.db).where({ to_address: email })).toEqual([]);
    // Nobody is thrown out by a wrong one.
    expect((await server.api(getSession, { token })).status).toBe(200);
  });

  it('slows down who tries passwords', async () => {
    const codes: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push((await change(newAddress(), 'Napacno-geslo-7')).problem.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('wrong_password'), 'rate_limited']);
    expect((await change(newAddress())).problem.code).toBe('rate_limited');
  });

  it('to an address that has an account says so to its owner alone', async () => {
    await confirmed();
    const other = await createAccount(server.db);
    const { status, body } = await change(other.email);
    expect([status, body.account.newEmail]).toEqual([200, other.email]);
    const code = await codeTo(other.email);
    expect((await confirm(wrong(code))).problem.code).toBe('code_rejected');
    expect((await confirm(code)).problem.code).toBe('email_taken');
    expect((await stored()).email).toBe(account.email);
  });

  it('is called off', async () => {
    await confirmed();
    const email = newAddress();
    await change(email);
    const code = await codeTo(email);
    const { body } = await server.api(cancelEmailChange, { token });
    expect(body.account).toMatchObject({ email: account.email, newEmail: null });
    expect((await confirm(code)).problem.code).toBe('code_rejected');
  });

  it('called off keeps the code that was sent to the own address', async () => {
    await send();
    await server.api(cancelEmailChange, { token });
    expect((await confirm(await codeTo(account.email))).status).toBe(200);
  });

  it('to the own, confirmed address is no change', async () => {
    await confirmed();
    const { body } = await change(account.email);
    expect(body.account).toMatchObject({ email: account.email, emailConfirmed: true, newEmail: null });
    expect(await Mail.query(server.db).where({ to_address: account.email })).toEqual([]);
  });

  it('that waits gets the next code', async () => {
    await confirmed();
    const email = newAddress();
    await change(email);
    await forgetTries();
    expect((await send()).body.email).toBe(email);
    shift = 25 * hour;
    expect((await server.api(getSession, { token })).body.account.newEmail).toBeNull();
    await forgetTries();
    expect((await send()).problem.code).toBe('not_found');
  });

  it('voids a code for a new password: it went to the old address', async () => {
    await confirmed();
    await AccountCode.query(server.db).insert({
      ...{ id: 'cd'.repeat(16), accountId: account.id, purpose: 'password', email: account.email, hmac: 'x' },
      ...{ triesLeft: 5, createdAt: '2026-01-01 00:00:00.000', expiresAt: '2036-01-01 00:00:00.000' },
    });
    const email = newAddress();
    await change(email);
    await confirm(await codeTo(email));
    expect(await AccountCode.query(server.db).where({ account_id: account.id })).toEqual([]);
  });
});
