import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePassword, updateAccount } from '../../contract/account.ts';
import { createSession, getSession } from '../../contract/session.ts';
import { AccountCode } from '../../server/models/account-code.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Session } from '../../server/models/session.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createStaffRole,
  createToken,
  linkPayer,
} from '../helpers/factories.ts';
import { lastMail } from '../helpers/mails.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Dolgo-geslo-7';
const other = 'Zelena-trava-8';

let server: TestServer;
let account: Account;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  await server.db('rate_limits').del();
  account = await createAccount(server.db, { passwordHash: await server.services.passwords.hash(password) });
  token = await createToken(server.db, account.id);
});

const stored = () => Account.query(server.db).findById(account.id).throwIfNotFound();

describe('PATCH /account', () => {
  const update = (body: object) => server.api(updateAccount, { token, body });

  it('changes what is given', async () => {
    const { status, body } = await update({ firstName: ' Ana  Marija ', language: 'en' });
    expect(status).toBe(200);
    expect(body.account).toMatchObject({ firstName: 'Ana Marija', lastName: account.lastName, language: 'en' });
    expect(await stored()).toMatchObject({ firstName: 'Ana Marija', lastName: account.lastName, language: 'en' });
  });

  it('changes nothing when nothing is given', async () => {
    expect((await update({})).status).toBe(200);
    expect(await stored()).toEqual(account);
  });

  it('changes nothing else, whatever is sent', async () => {
    await update({ email: 'drugi@example.si', passwordHash: 'x', emailConfirmedAt: '2026-01-01', id: 'ab'.repeat(16) });
    expect(await stored()).toEqual(account);
  });

  it.each([
    [{ firstName: ' ' }, 'required'],
    [{ lastName: 'Novak\u202e' }, 'invisible_characters'],
    [{ firstName: 'A\r\nBcc: x@y.si' }, 'invisible_characters'],
    [{ lastName: 'x'.repeat(10_000) }, 'too_long'],
    [{ language: 'de' }, 'invalid_value'],
  ])('takes no %j', async (body, rule) => {
    const { status, problem } = await update(body);
    expect([status, problem.fields?.[0]?.rule]).toEqual([400, rule]);
  });
});

const change = (given: { currentPassword?: string; password?: string; device?: string } = {}, by = token) =>
  server.api(changePassword, { token: by, body: { currentPassword: password, password: other, ...given } });

const signIn = (typed: string) =>
  server.api(createSession, { body: { email: account.email, password: typed, takeOver: true } });

describe('POST /account/password', () => {
  it('sets the new password, ends the session and begins another one', async () => {
    const { status, body } = await change({ device: 'Windows, DOMA' });
    expect([status, body.session.device]).toEqual([200, 'Windows, DOMA']);
    expect((await server.api(getSession, { token })).problem.code).toBe('not_signed_in');
    expect((await server.api(getSession, { token: body.token })).status).toBe(200);
    expect(await Session.query(server.db).where({ account_id: account.id }).resultSize()).toBe(1);
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(other)).status).toBe(201);
  });

  it('is told by mail and written down, without either password', async () => {
    await change();
    const mail = await lastMail(server.db, account.email, 'password-changed');
    const entry = await AuditEntry.query(server.db).findOne({ subject_id: account.id, action: 'password.changed' });
    expect(entry).toMatchObject({ actorId: account.id, address: '127.0.0.1', chain: 'iiportal' });
    expect(JSON.stringify([mail, entry])).not.toMatch(/Dolgo-geslo|Zelena-trava/);
  });

  it('asks for the current one', async () => {
    const { status, problem } = await change({ currentPassword: 'Napacno-geslo-7' });
    expect([status, problem.code]).toEqual([422, 'wrong_password']);
    expect(await stored()).toEqual(account);
    expect((await server.api(getSession, { token })).status).toBe(200);
  });

  it('slows down who tries passwords', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await change({ currentPassword: 'Napacno-geslo-7' });
    expect((await change()).problem.code).toBe('rate_limited');
  });

  it.each([
    ['the same', { password }, 'same_password'],
    ['a common one', { password: 'Ljubljana-2026' }, 'common_password'],
    ['a simple one', { password: 'zelenatrava' }, 'upper'],
    ["the person's name", { password: 'Živa-Čebašek-7' }, 'common_password'],
  ])('takes no new one that is %s', async (_, given, rule) => {
    const { status, problem } = await change(given);
    expect(status).toBe(400);
    expect(problem.fields?.[0]).toEqual({ path: 'password', rule });
    expect(await stored()).toEqual(account);
  });

  it('takes no new one that is the same in other letters', async () => {
    const composed = 'Ščetka-žoga-7'.normalize('NFC');
    const passwordHash = await server.services.passwords.hash(composed);
    await Account.query(server.db).findById(account.id).patch({ passwordHash });
    const { problem } = await change({ currentPassword: composed, password: composed.normalize('NFD') });
    expect(problem.fields).toEqual([{ path: 'password', rule: 'same_password' }]);
  });

  it("takes no new one made of a payer's code or a manager's name", async () => {
    const manager = await createManager(server.db, { name: 'Domovanje Plus d.o.o.' });
    await linkPayer(server.db, await createPayer(server.db, manager.id, { code: 'K7731X2' }), account.id);
    const office = await createManager(server.db, { name: 'Stanovalec' });
    await createStaffRole(server.db, office.id, account.id, 'clerk');
    for (const made of ['Domovanje-77', 'K7731x2!', 'Stanovalec7!']) {
      expect((await change({ password: made })).problem.fields).toEqual([
        { path: 'password', rule: 'common_password' },
      ]);
    }
  });

  it('tells passwords apart beyond the 72 bytes that bcrypt reads, and takes emoji', async () => {
    const long = `${'Zelena žlica '.repeat(8)}7!`;
    const first = (await change({ password: `${long}x` })).body.token;
    expect((await change({ currentPassword: `${long}y` }, first)).problem.code).toBe('wrong_password');
    const second = await change({ currentPassword: `${long}x`, password: `${long}y` }, first);
    expect(second.status).toBe(200);
    expect((await change({ currentPassword: `${long}y`, password: '🙂🙃😀😎🤖Ab1' }, second.body.token)).status).toBe(
      200,
    );
    expect((await signIn('🙂🙃😀😎🤖Ab1')).status).toBe(201);
  });

  it('is done once by several requests at the same time, and leaves one session that works', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => change({ password: `Zelena-trava-${i}x` })));
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect((await server.api(getSession, { token: done[0]?.body.token })).status).toBe(200);
    expect(await Session.query(server.db).where({ account_id: account.id }).resultSize()).toBe(1);
  });

  it('voids a code for a new password', async () => {
    await AccountCode.query(server.db).insert({
      ...{ id: 'ce'.repeat(16), accountId: account.id, purpose: 'password', email: account.email, hmac: 'x' },
      ...{ triesLeft: 5, createdAt: '2026-01-01 00:00:00.000', expiresAt: '2036-01-01 00:00:00.000' },
    });
    await change();
    expect(await AccountCode.query(server.db).where({ account_id: account.id })).toEqual([]);
  });
});
