import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { normalizeSlipPassword } from '../../contract/schemas/slip-password.ts';
import {
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../contract/second-factor.ts';
import { getSession } from '../../contract/session.ts';
import type { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import { RecoveryCode } from '../../server/models/recovery-code.ts';
import { SecondFactor } from '../../server/models/second-factor.ts';
import { hasSecondFactor, useSecondFactor } from '../../server/modules/second-factor/verify.ts';
import { createAccount, createManager, createStaff, createToken } from '../helpers/factories.ts';
import { codeOfApp, createSecondFactor } from '../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const password = 'Moje-geslo-7';
const minute = 60_000;

let server: TestServer;
const begin = Date.now();
let shift = 0;
let passwordHash: string;

beforeAll(async () => {
  server = await startTestServer({ clock: now });
  passwordHash = await server.services.passwords.hash(password);
});

afterAll(() => server.close());

beforeEach(async () => {
  shift = 0;
  await server.db('rate_limits').del();
});

/** Stands still, so that no step ends in the middle of a test. */
const now = () => new Date(begin + shift);

interface Person {
  readonly account: Account;
  readonly token: string;
}

async function createPerson(): Promise<Person> {
  const account = await createAccount(server.db, { passwordHash });
  return { account, token: await createToken(server.db, account.id) };
}

const start = ({ token }: Person) => server.api(startSecondFactor, { token, body: { password } });
const confirm = ({ token }: Person, code: string) => server.api(confirmSecondFactor, { token, body: { code } });
const remove = ({ token }: Person, code: string) => server.api(removeSecondFactor, { token, body: { password, code } });

/** A person who has set the second factor up as the app does. */
async function createProtected() {
  const person = await createPerson();
  const { secret } = (await start(person)).body;
  const { recoveryCodes } = (await confirm(person, codeOfApp(secret, now()))).body;
  return { ...person, secret, recoveryCodes };
}

const use = ({ account }: Person, answer: string) => useSecondFactor(server.services, account.id, answer);

const deedsOf = async ({ account }: Person) =>
  (await AuditEntry.query(server.db).where({ subject_id: account.id }).orderBy('seq')).map(({ action }) => action);

const mailsTo = async ({ account }: Person) =>
  (await Mail.query(server.db).where({ to_address: account.email }).orderBy('created_at')).map(
    ({ subject }) => subject,
  );

describe('setting the second factor up', () => {
  it('gives a secret, which counts once a first code is confirmed', async () => {
    const person = await createPerson();
    const { status, body } = await start(person);
    expect([status, body.secret]).toEqual([201, expect.stringMatching(/^[A-Z2-7]{32}$/)]);
    expect(body.uri).toBe(
      `otpauth://totp/${encodeURIComponent('iiPortal (127.0.0.1)')}:${encodeURIComponent(person.account.email)}` +
        `?issuer=${encodeURIComponent('iiPortal (127.0.0.1)')}&secret=${body.secret}` +
        '&algorithm=SHA1&digits=6&period=30',
    );
    expect(await hasSecondFactor(server.db, person.account.id)).toBe(false);
    expect(await use(person, codeOfApp(body.secret, now()))).toBe(false);
    const confirmed = await confirm(person, codeOfApp(body.secret, now()));
    expect(confirmed.status).toBe(200);
    expect(await hasSecondFactor(server.db, person.account.id)).toBe(true);
    expect((await server.api(getSession, { token: person.token })).body.secondFactor.isOn).toBe(true);
    expect(await deedsOf(person)).toEqual(['second_factor.enabled']);
    expect(await mailsTo(person)).toEqual(['Prijava v dveh korakih je vklopljena']);
  });

  it('names the one manager that the person has to do with', async () => {
    const manager = await createManager(server.db, { name: 'Čisti dom: upravljanje' });
    const { account, token } = await createStaff(server.db, manager.id, 'clerk');
    await account.$query(server.db).patch({ passwordHash });
    const { uri } = (await start({ account, token })).body;
    expect(new URL(uri).searchParams.get('issuer')).toBe('iiPortal (Čisti dom upravljanje)');
  });

  it('asks for the password', async () => {
    const { token } = await createPerson();
    const { status, problem } = await server.api(startSecondFactor, { token, body: { password: 'Drugo-geslo-7' } });
    expect([status, problem.code]).toEqual([422, 'wrong_password']);
  });

  it('replaces a secret that was never confirmed', async () => {
    const person = await createPerson();
    const first = (await start(person)).body.secret;
    const second = (await start(person)).body.secret;
    expect((await confirm(person, codeOfApp(first, now()))).problem.code).toBe('second_factor_rejected');
    expect((await confirm(person, codeOfApp(second, now()))).status).toBe(200);
  });

  it('is not done twice, nor without a beginning', async () => {
    const person = await createProtected();
    expect((await start(person)).problem.code).toBe('second_factor_state');
    expect((await confirm(person, codeOfApp(person.secret, now()))).problem.code).toBe('second_factor_state');
    expect((await confirm(await createPerson(), '123456')).problem.code).toBe('second_factor_state');
  });

  it('is done once, also in parallel', async () => {
    const person = await createPerson();
    const code = codeOfApp((await start(person)).body.secret, now());
    const answers = await Promise.all(Array.from({ length: 4 }, () => confirm(person, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await RecoveryCode.query(server.db).where({ account_id: person.account.id }).resultSize()).toBe(10);
  });

  it('keeps the secret sealed, and for its account alone', async () => {
    const [owner, other] = [await createProtected(), await createProtected()];
    const row = await SecondFactor.query(server.db).findById(owner.account.id).throwIfNotFound();
    expect(JSON.stringify(row)).not.toContain(owner.secret);
    await SecondFactor.query(server.db).findById(other.account.id).patch({ sealedSecret: row.sealedSecret });
    await expect(use(other, codeOfApp(owner.secret, now()))).rejects.toThrow();
  });
});

describe('a code of the app', () => {
  it('that confirmed the second factor is used up', async () => {
    const person = await createProtected();
    expect(await use(person, codeOfApp(person.secret, now()))).toBe(false);
    shift = minute;
    expect(await use(person, codeOfApp(person.secret, now()))).toBe(true);
  });

  it('is good once', async () => {
    const person = await createProtected();
    shift = minute;
    const code = codeOfApp(person.secret, now());
    expect(await use(person, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toBe(true);
    expect(await use(person, code)).toBe(false);
  });

  it('is good once, also in parallel', async () => {
    const person = await createProtected();
    shift = minute;
    const code = codeOfApp(person.secret, now());
    const taken = await Promise.all(Array.from({ length: 12 }, () => use(person, code)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('is not good again when the clock is set back, nor are those before it', async () => {
    const person = await createProtected();
    shift = 10 * minute;
    const code = codeOfApp(person.secret, now());
    expect(await use(person, code)).toBe(true);
    shift = 10 * minute - 30_000;
    expect(await use(person, code)).toBe(false);
    shift = 5 * minute;
    expect(await use(person, codeOfApp(person.secret, now()))).toBe(false);
    shift = 11 * minute;
    expect(await use(person, codeOfApp(person.secret, now()))).toBe(true);
  });

  it('passes with its time', async () => {
    const person = await createProtected();
    const code = codeOfApp(person.secret, new Date(begin + 10 * minute));
    shift = 9 * minute;
    expect(await use(person, code)).toBe(false);
    shift = 11 * minute;
    expect(await use(person, code)).toBe(false);
    shift = 10 * minute;
    expect(await use(person, code)).toBe(true);
  });

  it("is nobody else's", async () => {
    const [person, other] = [await createProtected(), await createProtected()];
    shift = minute;
    expect(await use(other, codeOfApp(person.secret, now()))).toBe(false);
    expect(await use(await createPerson(), codeOfApp(person.secret, now()))).toBe(false);
  });
});

describe('recovery codes', () => {
  it('are ten, kept as HMACs', async () => {
    const { account, recoveryCodes } = await createProtected();
    expect(new Set(recoveryCodes).size).toBe(10);
    const rows = await RecoveryCode.query(server.db).where({ account_id: account.id });
    expect(rows).toHaveLength(10);
    for (const code of recoveryCodes) expect(JSON.stringify(rows)).not.toContain(normalizeSlipPassword(code));
  });

  it('are good once each, however they are typed', async () => {
    const person = await createProtected();
    const [code = '', another = ''] = person.recoveryCodes;
    expect(await use(person, ` ${code.toLowerCase().replace('-', ' ')}`)).toBe(true);
    expect(await use(person, code)).toBe(false);
    expect(await use(person, another)).toBe(true);
  });

  it('are good once, also in parallel', async () => {
    const person = await createProtected();
    const taken = await Promise.all(Array.from({ length: 12 }, () => use(person, person.recoveryCodes[0] ?? '')));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it("are nobody else's", async () => {
    const [person, other] = [await createProtected(), await createProtected()];
    expect(await use(other, person.recoveryCodes[0] ?? '')).toBe(false);
  });

  it('are void when there are new ones', async () => {
    const person = await createProtected();
    const { body } = await server.api(renewRecoveryCodes, { token: person.token, body: { password } });
    expect(body.recoveryCodes).toHaveLength(10);
    expect(await use(person, person.recoveryCodes[0] ?? '')).toBe(false);
    expect(await use(person, body.recoveryCodes[0] ?? '')).toBe(true);
    expect(await deedsOf(person)).toEqual(['second_factor.enabled', 'second_factor.renewed']);
  });

  it('are renewed for who knows the password and has a second factor', async () => {
    const { token } = await createPerson();
    const renew = (given: string) => server.api(renewRecoveryCodes, { token, body: { password: given } });
    expect((await renew('Drugo-geslo-7')).problem.code).toBe('wrong_password');
    expect((await renew(password)).problem.code).toBe('second_factor_state');
  });
});

describe('turning the second factor off', () => {
  it('takes the password and a code, and leaves nothing behind', async () => {
    const person = await createProtected();
    shift = minute;
    const { status, body } = await remove(person, codeOfApp(person.secret, now()));
    expect([status, body.secondFactor]).toEqual([200, { isOn: false, isNeeded: false, isCompulsory: false }]);
    expect(await SecondFactor.query(server.db).findById(person.account.id)).toBeUndefined();
    expect(await use(person, person.recoveryCodes[0] ?? '')).toBe(false);
    expect(await deedsOf(person)).toEqual(['second_factor.enabled', 'second_factor.disabled']);
    expect((await mailsTo(person)).sort()).toEqual([
      'Prijava v dveh korakih je izklopljena',
      'Prijava v dveh korakih je vklopljena',
    ]);
    expect((await start(person)).status).toBe(201);
  });

  it('takes a recovery code as well', async () => {
    const person = await createProtected();
    expect((await remove(person, person.recoveryCodes[3] ?? '')).status).toBe(200);
  });

  it('writes a refusal down and counts it', async () => {
    const person = await createProtected();
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) codes.push((await remove(person, '000000')).problem.code);
    expect(codes).toEqual([...Array<string>(5).fill('second_factor_rejected'), 'rate_limited', 'rate_limited']);
    expect((await remove(person, person.recoveryCodes[0] ?? '')).problem.code).toBe('rate_limited');
    expect((await deedsOf(person)).filter((action) => action === 'second_factor.refused')).toHaveLength(5);
  });

  it('is refused where there is none, and with a wrong password', async () => {
    const person = await createProtected();
    const body = { password: 'Drugo-geslo-7', code: person.recoveryCodes[0] ?? '' };
    expect((await server.api(removeSecondFactor, { token: person.token, body })).problem.code).toBe('wrong_password');
    expect((await remove(await createPerson(), '123456')).problem.code).toBe('second_factor_state');
    expect((await remove(person, body.code)).status).toBe(200);
  });

  it('is not for admins who must have one', async () => {
    const strict = await startTestServer({ config: { secondFactor: 'admins' } });
    try {
      const { account, token } = await createStaff(strict.db, (await createManager(strict.db)).id, 'admin');
      await account.$query(strict.db).patch({ passwordHash });
      const code = codeOfApp(await createSecondFactor(strict.services, account.id));
      const answer = await strict.api(removeSecondFactor, { token, body: { password, code } });
      expect([answer.status, answer.problem.code]).toEqual([403, 'second_factor_needed']);
      expect(await hasSecondFactor(strict.db, account.id)).toBe(true);
      const session = (await strict.api(getSession, { token })).body;
      expect(session.secondFactor).toEqual({ isOn: true, isNeeded: false, isCompulsory: true });
    } finally {
      await strict.close();
    }
  });
});
