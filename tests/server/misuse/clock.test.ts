import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addPayer } from '../../../contract/account-payers.ts';
import { changeEmail, confirmEmail } from '../../../contract/account.ts';
import { createHumanCheck } from '../../../contract/human-check.ts';
import { createImport, getImport } from '../../../contract/imports.ts';
import { completePasswordReset, requestPasswordReset } from '../../../contract/password-resets.ts';
import { createSession, getSession } from '../../../contract/session.ts';
import { inviteStaff, openInvitation } from '../../../contract/staff.ts';
import { newId } from '../../../server/db/id.ts';
import { toInstant } from '../../../server/db/time.ts';
import { sweepLimits } from '../../../server/http/limit.ts';
import { nothingAttached } from '../../../server/mail/attachments.ts';
import { createSender } from '../../../server/mail/sender.ts';
import { Import } from '../../../server/models/import.ts';
import { Session } from '../../../server/models/session.ts';
import { createResetWorker } from '../../../server/modules/password-resets/reset-worker.ts';
import { record, verify } from '../../helpers/audit.ts';
import { createManager, createPayer, createSlipPassword, createStaff, createToken } from '../../helpers/factories.ts';
import { codeIn, lastMail } from '../../helpers/mails.ts';
import { createPerson, password, type Person } from '../../helpers/planted.ts';
import { codeOfApp, createSecondFactor } from '../../helpers/second-factors.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/**
 * The server's clock was ahead and is set back. What was made in the meantime must not live for as much longer, and
 * nobody may be kept waiting until the clock gets there again.
 */
let server: TestServer;
let managerId: string;

beforeAll(async () => {
  server = await startTestServer();
  managerId = (await createManager(server.db)).id;
});

const day = 86_400_000;
let realTime: number;

beforeEach(async () => {
  await server.db('rate_limits').del();
  realTime = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => vi.useRealTimers());
afterAll(() => server.close());

/** The limits are swept from time to time, by themselves. */
async function setBack(): Promise<void> {
  vi.setSystemTime(realTime);
  await sweepLimits(server.db);
}

const codeOf = ({ status, problem }: { status: number; problem?: { code: string } }) => problem?.code ?? status;

const somebody = (): Promise<Person> => createPerson(server, () => Promise.resolve());

const signIn = ({ account }: Person, given: object = {}) =>
  server.api(createSession, { body: { email: account.email, password, ...given } });

async function emailCode({ account, token }: Person): Promise<string> {
  const email = `nova-${newId()}@example.si`;
  const { status } = await server.api(changeEmail, { token, body: { email, password } });
  expect([account.id, status]).toEqual([account.id, 200]);
  return codeIn(await lastMail(server.db, email, 'email-code'));
}

async function resetCode({ account }: Person): Promise<string> {
  const { status } = await server.api(requestPasswordReset, { body: { email: account.email } });
  expect(status).toBe(202);
  await createResetWorker(server.services).run();
  const mail = await lastMail(server.db, account.email, 'password-reset');
  await server.db('mails').where({ id: mail.id }).del();
  return codeIn(mail);
}

describe.each([
  ['a day', day + 60_000],
  ['a year', 365 * day],
])('a clock that was %s ahead', (_, ahead) => {
  const setAhead = () => vi.setSystemTime(realTime + ahead);

  it('leaves no session, and nobody in the way of the next', async () => {
    const person = await somebody();
    await server.db('sessions').where({ account_id: person.account.id }).del();
    setAhead();
    const { token } = (await signIn(person)).body;
    expect((await server.api(getSession, { token })).status).toBe(200);
    await setBack();
    expect(codeOf(await server.api(getSession, { token }))).toBe('not_signed_in');
    const again = await signIn(person);
    expect(again.status).toBe(201);
    expect((await server.api(getSession, { token: again.body.token })).status).toBe(200);
    expect(await Session.query(server.db).where('account_id', person.account.id)).toHaveLength(1);
  });

  it('leaves no code for an e-mail address, and the next one is sent', async () => {
    const { account } = await somebody();
    const { db } = server;
    setAhead();
    const code = await emailCode({ account, token: await createToken(db, account.id) });
    await setBack();
    const person = { account, token: await createToken(db, account.id) };
    const confirm = (typed: string) => server.api(confirmEmail, { token: person.token, body: { code: typed } });
    expect(codeOf(await confirm(code))).toBe('code_rejected');
    expect(codeOf(await confirm(await emailCode(person)))).toBe(200);
  });

  it('leaves no code for a new password, and the next one is sent', async () => {
    const person = await somebody();
    const { email } = person.account;
    const complete = (code: string) =>
      server.api(completePasswordReset, { body: { email, code, password: 'Modra-streha-8' } });
    setAhead();
    const code = await resetCode(person);
    await setBack();
    expect(codeOf(await complete(code))).toBe('code_rejected');
    expect(codeOf(await complete(await resetCode(person)))).toBe(204);
  });

  it('leaves no invitation, and the next one is good', async () => {
    const email = `vabljen-${newId()}@example.si`;
    const invited = async () => {
      const { token } = await createStaff(server.db, managerId, 'admin');
      await server.api(inviteStaff, { token, body: { email, role: 'clerk' } });
      const mail = await lastMail(server.db, email);
      await server.db('mails').where({ id: mail.id }).del();
      return codeIn(mail);
    };
    const open = (code: string) => server.api(openInvitation, { body: { email, code } });
    setAhead();
    const code = await invited();
    await setBack();
    expect(codeOf(await open(code))).toBe('code_rejected');
    expect(codeOf(await open(await invited()))).toBe(200);
  });

  it('leaves a slip password good that was printed: it is on paper, and has its day when it runs out', async () => {
    setAhead();
    const payer = await createPayer(server.db, managerId);
    const slipPassword = await createSlipPassword(server.services, payer);
    await setBack();
    const { token } = await somebody();
    const body = { managerId, payerCode: payer.code, slipPassword };
    expect(codeOf(await server.api(addPayer, { token, body }))).toBe(201);
  });

  it('leaves nobody waiting for tries that were made then', async () => {
    const person = await somebody();
    await server.db('sessions').where({ account_id: person.account.id }).del();
    setAhead();
    for (let round = 0; round < 7; round += 1) await signIn(person, { password: 'Napacno-geslo-7' });
    expect(codeOf(await signIn(person))).toBe('rate_limited');
    await setBack();
    expect(codeOf(await signIn(person))).toBe(201);
  });

  it('leaves the codes of the app as good as they were', async () => {
    const person = await somebody();
    await server.db('sessions').where({ account_id: person.account.id }).del();
    const secret = await createSecondFactor(server.services, person.account.id);
    const withCode = () => signIn(person, { secondFactor: codeOfApp(secret, new Date(realTime)), takeOver: true });
    setAhead();
    expect(codeOf(await withCode())).toBe('second_factor_rejected');
    await setBack();
    expect(codeOf(await withCode())).toBe(201);
  });

  it('leaves the trail whole', async () => {
    const { id } = await createManager(server.db);
    const deed = { action: 'slip_passwords.issued', managerId: id, actorId: newId(), address: '192.0.2.7' } as const;
    setAhead();
    await record(server.services, deed);
    await setBack();
    await record(server.services, deed);
    expect((await verify(server.services, id))[id]).toEqual({ entries: 2 });
  });

  it('leaves no mail waiting until it gets there again', async () => {
    setAhead();
    const person = await somebody();
    const sent: string[] = [];
    const transport = { send: ({ id }: { id: string }) => Promise.resolve(void sent.push(id)), close: () => undefined };
    const { clock, db, logger } = server.services;
    const sender = createSender({ clock, db, logger, random: () => 0.5, transport, attachmentsOf: nothingAttached });
    await sender.sendDue();
    await emailCode(person);
    const [id] = await db('mails').where({ account_id: person.account.id }).pluck<string[]>('id');
    await setBack();
    await sender.sendDue();
    expect(sent).toContain(id);
    expect(sent.filter((each) => each === id)).toHaveLength(1);
  });

  it('leaves no import in the way that nobody works on any more', async () => {
    const office = await createManager(server.db);
    const { account } = await createStaff(server.db, office.id, 'clerk');
    setAhead();
    const now = toInstant(new Date());
    const dead = await Import.query(server.db).insertAndFetch({
      ...{ managerId: office.id, id: newId(), fileName: 'obracun.csv', size: 1, state: 'checking', phase: 'reading' },
      ...{ rowsRead: 0, bytesRead: 0, faultCount: 0, newPayers: 0, newSlips: 0, replacedSlips: 0 },
      ...{ faults: '[]', unknownColumns: '[]', createdBy: account.id, createdAt: now, heartbeatAt: now },
    });
    await setBack();
    const { token } = await createStaff(server.db, office.id, 'clerk');
    const taken = await server.api(createImport, { token, bytes: 'x' });
    expect(codeOf(taken)).toBe(202);
    await server.services.importJobs.ended(taken.body.id);
    expect((await server.api(getImport, { token, params: { id: dead.id } })).body.state).toBe('failed');
  });
});

describe('a human check of the time when the clock was ahead', () => {
  it('is not good for as much longer', async () => {
    const guarded = await startTestServer({ config: { humanCheck: 'altcha', humanCheckWork: 2 } });
    try {
      vi.setSystemTime(realTime + day);
      const { body } = await guarded.api(createHumanCheck, { query: { action: 'password-reset' } });
      const challenge = body.challenge as unknown as Challenge;
      const solution = await solveChallenge({ challenge, deriveKey });
      const humanCheck = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
      vi.setSystemTime(realTime);
      const answer = await guarded.api(requestPasswordReset, { body: { email: 'a@example.si', humanCheck } });
      expect(codeOf(answer)).toBe('human_check_failed');
    } finally {
      await guarded.close();
    }
  });
});
