import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmEmail } from '../../contract/account.ts';
import type { BodyInput } from '../../contract/endpoint.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { formatSlipPassword } from '../../contract/schemas/slip-password.ts';
import { createSession } from '../../contract/session.ts';
import { issueSlipPasswords } from '../../contract/slip-passwords.ts';
import { newId } from '../../server/db/id.ts';
import { transaction } from '../../server/db/transaction.ts';
import { Account } from '../../server/models/account.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import type { Payer } from '../../server/models/payer.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { redeemSlipPassword } from '../../server/modules/slip-passwords/redeem.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { trailOf } from '../helpers/audit.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createSlipPassword,
  createStaff,
  linkPayer,
} from '../helpers/factories.ts';
import { codeIn, lastMail } from '../helpers/mails.ts';
import { workOf } from '../helpers/work.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let manager: Manager;
let payer: Payer;
let slipPassword: string;
let number = 0;
const password = 'Dolgo-geslo-7';

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  await server.db('rate_limits').del();
  manager = await createManager(server.db);
  payer = await createPayer(server.db, manager.id);
  slipPassword = await createSlipPassword(server.services, payer);
});

type Body = BodyInput<typeof createRegistration>;

const bodyWith = (given: Partial<Body> = {}): Body => ({
  managerId: manager.id,
  payerCode: payer.code,
  slipPassword,
  firstName: 'Živa',
  lastName: 'Čebašek',
  email: `ziva-${(number += 1)}@example.si`,
  password,
  ...given,
});

const register = (given: Partial<Body> = {}) => server.api(createRegistration, { body: bodyWith(given) });

const yesterday = '2020-01-01 00:00:00.000';

describe('POST /registrations', () => {
  it('makes an account that holds the payer, uses the slip password up, and writes a mail', async () => {
    const { status, body } = await register({ email: 'Janez.Novak@Example.si' });
    expect([status, body]).toEqual([201, { email: 'janez.novak@example.si' }]);
    const account = await Account.query(server.db).findOne({ email: 'janez.novak@example.si' }).throwIfNotFound();
    expect(account).toMatchObject({ firstName: 'Živa', lastName: 'Čebašek', language: 'sl', emailConfirmedAt: null });
    expect(account.passwordHash).toMatch(/^\$2b\$04\$/);
    const link = await PayerAccount.query(server.db).findById([manager.id, payer.id]);
    expect(link?.accountId).toBe(account.id);
    const used = await SlipPassword.query(server.db).findOne({ payer_id: payer.id });
    expect(used?.usedAt).not.toBeNull();
    const mail = await Mail.query(server.db).findOne({ to_address: account.email }).throwIfNotFound();
    expect(mail.subject).toContain(manager.name);
    expect(mail.text).toContain('Pozdravljeni, Živa');
    expect(mail).toMatchObject({ sentAt: null, managerId: manager.id, accountId: account.id });
  });

  it('sends the code that confirms the address', async () => {
    const body = bodyWith();
    await server.api(createRegistration, { body });
    const code = codeIn(await lastMail(server.db, body.email ?? '', 'welcome'));
    const { token, session } = (await server.api(createSession, { body: { email: body.email, password } })).body;
    expect(session.account).toMatchObject({ emailConfirmed: false, newEmail: null });
    const confirmed = await server.api(confirmEmail, { token, body: { code } });
    expect(confirmed.body.account.emailConfirmed).toBe(true);
  });

  it('is written down at the manager', async () => {
    await register({ slipPassword: generateSlipPassword() });
    await register();
    const { accountId } = (await PayerAccount.query(server.db).findById([manager.id, payer.id])) ?? {};
    const trail = await trailOf(server.services, manager.id);
    expect(trail).toMatchObject([
      {
        ...{ action: 'registration.refused', actorId: null, address: '127.0.0.1', subjectId: payer.code },
        details: '{"reason":"slip_password_rejected"}',
      },
      { action: 'registration.completed', actorId: accountId, subjectId: payer.id },
    ]);
  });

  it('at a manager that does not exist begins no trail', async () => {
    const managerId = newId();
    await register({ managerId });
    expect(await trailOf(server.services, managerId)).toEqual([]);
    const trail = await trailOf(server.services, 'iiportal');
    expect(trail.at(-1)).toMatchObject({ action: 'registration.refused', subjectId: payer.code });
  });

  it('writes the mail in English when asked to', async () => {
    const body = bodyWith({ language: 'en' });
    await server.api(createRegistration, { body });
    expect((await Mail.query(server.db).findOne({ to_address: body.email }))?.text).toContain('Hello, Živa');
  });

  it('is followed by a sign-in with the own password, never with the slip password', async () => {
    const body = bodyWith();
    await server.api(createRegistration, { body });
    const signIn = (typed: string) => server.api(createSession, { body: { email: body.email, password: typed } });
    expect((await signIn(slipPassword)).status).toBe(401);
    expect((await signIn(password)).body.session.payers).toMatchObject([{ id: payer.id }]);
  });

  it('takes the slip password as it is typed: small letters, with hyphens or blanks', async () => {
    const typed = formatSlipPassword(slipPassword).toLowerCase().replace('-', ' ');
    expect((await register({ slipPassword: typed })).status).toBe(201);
  });

  it('takes the payer code in any case', async () => {
    payer = await createPayer(server.db, manager.id, { code: 'AB-12' });
    slipPassword = await createSlipPassword(server.services, payer);
    expect((await register({ payerCode: ' ab-12 ' })).status).toBe(201);
  });
});

describe('a slip password that does not open a registration', () => {
  const bad: [string, () => Promise<Partial<Body>>][] = [
    ['a wrong payer code', () => Promise.resolve({ payerCode: '999' })],
    ['a wrong password', () => Promise.resolve({ slipPassword: generateSlipPassword() })],
    ['an unknown manager', () => Promise.resolve({ managerId: 'f'.repeat(32) })],
    ["another manager's payer", async () => ({ managerId: (await createManager(server.db)).id })],
    [
      "another payer's password",
      async () => ({
        slipPassword: await createSlipPassword(server.services, await createPayer(server.db, manager.id)),
      }),
    ],
    [
      'an expired one',
      async () => ({ slipPassword: await createSlipPassword(server.services, payer, { expiresAt: yesterday }) }),
    ],
    [
      'a used one',
      async () => ({ slipPassword: await createSlipPassword(server.services, payer, { usedAt: yesterday }) }),
    ],
    [
      'a revoked one',
      async () => ({ slipPassword: await createSlipPassword(server.services, payer, { revokedAt: yesterday }) }),
    ],
    [
      'a wrong one of a payer who has an account, with an e-mail that has one',
      async () => {
        const account = await createAccount(server.db);
        await linkPayer(server.db, payer, account.id);
        return { slipPassword: generateSlipPassword(), email: account.email };
      },
    ],
  ];

  it.each(bad)('%s gets the same answer as any other', async (_, prepare) => {
    const { status, problem } = await register(await prepare());
    expect(status).toBe(422);
    expect({ ...problem, requestId: '' }).toEqual({
      type: 'iiportal:error:slip_password_rejected',
      title: 'slip password rejected',
      status: 422,
      code: 'slip_password_rejected',
      requestId: '',
    });
  });

  it.each(bad)('%s costs the same work as any other', async (_, prepare) => {
    const given = await prepare();
    const managerId = given.managerId ?? manager.id;
    const wrong = { managerId, slipPassword: generateSlipPassword() };
    await register(wrong); // Begins the trail, which a first entry makes.
    const workFor = async (body: Partial<Body>) => {
      const { queries, hashed } = await workOf(server, () => register(body));
      return { queries, hashed };
    };
    const usual = await workFor(wrong);
    expect(await workFor(given)).toEqual(usual);
    expect(usual.hashed).toBe(1);
  });

  it('leaves nothing behind', async () => {
    const body = bodyWith({ slipPassword: generateSlipPassword() });
    await server.api(createRegistration, { body });
    expect(await Account.query(server.db).findOne({ email: body.email ?? '' })).toBeUndefined();
    expect(await Mail.query(server.db).findOne({ to_address: body.email ?? '' })).toBeUndefined();
  });

  it('with a typing slip is refused by its check character', async () => {
    const last = slipPassword.endsWith('2') ? '3' : '2';
    const { problem } = await register({ slipPassword: slipPassword.slice(0, -1) + last });
    expect(problem).toMatchObject({
      code: 'invalid_request',
      fields: [{ path: 'slipPassword', rule: 'slip_password' }],
    });
  });
});

describe('who holds a good slip password', () => {
  it('is told that the e-mail has an account, and keeps the slip password', async () => {
    const { email } = await createAccount(server.db);
    expect((await register({ email })).problem.code).toBe('email_taken');
    expect((await register()).status).toBe(201);
  });

  it('is told that the payer has an account', async () => {
    await linkPayer(server.db, payer, (await createAccount(server.db)).id);
    expect((await register()).problem.code).toBe('payer_taken');
  });
});

describe('parallel registrations', () => {
  it('with one slip password make one account', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => register()));
    const codes = answers.map(({ status, problem }) => (status === 201 ? 201 : problem.code));
    expect(codes.filter((code) => code === 201)).toHaveLength(1);
    expect(codes.filter((code) => code !== 201)).toEqual(Array(4).fill('slip_password_rejected'));
    expect(await PayerAccount.query(server.db).where({ manager_id: manager.id }).resultSize()).toBe(1);
  });

  it('with one e-mail make one account', async () => {
    const bodies: Body[] = [];
    for (let i = 0; i < 6; i += 1) {
      const own = await createPayer(server.db, manager.id);
      const password = await createSlipPassword(server.services, own);
      bodies.push(bodyWith({ payerCode: own.code, slipPassword: password, email: 'skupni@example.si' }));
    }
    const answers = await Promise.all(bodies.map((body) => server.api(createRegistration, { body })));
    const codes = answers.map(({ status, problem }) => (status === 201 ? 201 : problem.code));
    expect(codes.filter((code) => code === 201)).toHaveLength(1);
    expect(codes.filter((code) => code === 'email_taken')).toHaveLength(5);
  });
});

describe('the other slip passwords of the payer', () => {
  it('are revoked with the registration, and not by one that is refused', async () => {
    const other = await createSlipPassword(server.services, payer);
    const open = () => SlipPassword.query(server.db).where({ payer_id: payer.id, used_at: null, revoked_at: null });
    await register({ email: (await createAccount(server.db)).email });
    expect(await open().resultSize()).toBe(2);
    expect((await register()).status).toBe(201);
    expect(await open().resultSize()).toBe(0);
    expect((await register({ slipPassword: other })).problem.code).toBe('slip_password_rejected');
  });

  it('do not stay open when they are issued while one is redeemed', async () => {
    const { token } = await createStaff(server.db, manager.id, 'admin');
    const account = await createAccount(server.db);
    const issue = () => server.api(issueSlipPasswords, { token, body: { payerIds: [payer.id] } });
    let issued: ReturnType<typeof issue> | undefined;
    await transaction(server.db, async (trx) => {
      const credentials = { managerId: manager.id, payerCode: payer.code, slipPassword };
      const link = { managerId: manager.id, payerId: payer.id, accountId: account.id, linkedAt: yesterday };
      await redeemSlipPassword(trx, server.services, credentials);
      await PayerAccount.query(trx).insert(link);
      issued = issue();
      // Time enough for the issue to look for payers without an account, if nothing kept it waiting.
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    expect((await issued)?.problem.code).toBe('payer_taken');
    const open = { payer_id: payer.id, used_at: null, revoked_at: null };
    expect(await SlipPassword.query(server.db).where(open)).toEqual([]);
  });
});

describe('the own password', () => {
  it.each([
    ['a common one', { password: 'Ljubljana-2026' }],
    ['made of the name', { password: 'Xenija-Kovač-7', firstName: 'Xenija', lastName: 'Kovač' }],
    ['made of the e-mail', { password: 'Trobentica-77', email: 'trobentica@example.si' }],
  ])('is not %s', async (_, given) => {
    const { status, problem } = await register(given);
    expect(status).toBe(400);
    expect(problem.fields).toEqual([{ path: 'password', rule: 'common_password' }]);
    expect((await register()).status).toBe(201);
  });

  it("is not made of the payer code, or of the manager's name", async () => {
    manager = await createManager(server.db, { name: 'Stanovalec Plus d.o.o.' });
    payer = await createPayer(server.db, manager.id, { code: 'K7731X2' });
    slipPassword = await createSlipPassword(server.services, payer);
    for (const made of ['K7731x2!', 'Stanovalec-7']) {
      expect((await register({ password: made })).problem.fields?.[0]?.rule).toBe('common_password');
    }
    expect((await register()).status).toBe(201);
  });

  it.each(['🙂🙃😀😎🤖Ab1', `${'Zelena žlica '.repeat(8)}7!`])('may be %s', async (typed) => {
    const body = bodyWith({ password: typed });
    expect((await server.api(createRegistration, { body })).status).toBe(201);
    const signIn = (given: string) =>
      server.api(createSession, { body: { email: body.email, password: given, takeOver: true } });
    expect((await signIn(typed)).status).toBe(201);
    expect((await signIn(`${typed}x`)).status).toBe(401);
  });
});

describe('the fields', () => {
  it('are refused by name, all at once', async () => {
    const { status, problem } = await register({
      email: 'brez',
      password: 'geslo',
      firstName: ' ',
      lastName: 'a\u200bb',
    });
    expect(status).toBe(400);
    const rules = Object.fromEntries((problem.fields ?? []).map(({ path, rule }) => [path, rule]));
    expect(rules).toMatchObject({ email: 'email', firstName: 'required', lastName: 'invisible_characters' });
    expect(problem.fields?.filter(({ path }) => path === 'password').map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['length', 'upper', 'digit', 'special']),
    );
  });

  it.each(['firstName', 'lastName', 'email', 'payerCode', 'slipPassword', 'password'] as const)(
    'take no 10,000 characters in %s',
    async (field) => {
      expect((await register({ [field]: `Aa1-${'x'.repeat(10_000)}` })).status).toBe(400);
    },
  );

  it('let nothing into the mail head', async () => {
    expect((await register({ email: 'a@b.si\r\nBcc: x@y.si' })).status).toBe(400);
    expect((await register({ firstName: 'A\r\nBcc: x@y.si' })).status).toBe(400);
  });
});

describe('the limits', () => {
  it('stop who tries one payer again and again', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await register({ slipPassword: generateSlipPassword() });
    const { status, problem } = await register();
    expect([status, problem.code]).toEqual([429, 'rate_limited']);
  });

  it('stop who tries one payer after the other', async () => {
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 61; attempt += 1) {
      statuses.add((await register({ payerCode: `X${attempt}` })).status);
    }
    expect(statuses).toEqual(new Set([422, 429]));
  });
});
