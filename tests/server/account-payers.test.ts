import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPayer, listManagers, removePayer } from '../../contract/account-payers.ts';
import { getSession } from '../../contract/session.ts';
import { listSlips } from '../../contract/slips.ts';
import { portalChain } from '../../server/audit/audit.ts';
import { newId } from '../../server/db/id.ts';
import { days, later, toInstant } from '../../server/db/time.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import type { Payer } from '../../server/models/payer.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { createManager, createPayer, createResident, createSlipPassword } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createWholeSlip } from '../helpers/slip-factories.ts';

const password = 'Moje-geslo-7';
let server: TestServer;
let manager: Manager;
let other: Manager;
let payer: Payer;
let slipPassword: string;
let resident: { account: Account; token: string };

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db, services } = server;
  await db('rate_limits').del();
  manager = await createManager(db);
  other = await createManager(db, { email: 'pisarna@drugi.example' });
  payer = await createPayer(db, other.id, { name: 'Čarni Žan' });
  slipPassword = await createSlipPassword(services, payer);
  resident = await createResident(db, await createPayer(db, manager.id));
  const passwordHash = await services.passwords.hash(password);
  await Account.query(db)
    .findById(resident.account.id)
    .patch({ passwordHash, emailConfirmedAt: toInstant(new Date()) });
});

const add = (given: Partial<Record<'managerId' | 'payerCode' | 'slipPassword', string>> = {}, token = resident.token) =>
  server.api(addPayer, { token, body: { managerId: other.id, payerCode: payer.code, slipPassword, ...given } });

const remove = (id: string, typed = password, token = resident.token) =>
  server.api(removePayer, { token, params: { id }, body: { password: typed } });

const mailsTo = (to: string) => Mail.query(server.db).where({ to_address: to });
const deeds = (managerId: string) => AuditEntry.query(server.db).where({ chain: managerId }).orderBy('seq');

describe('adding premises', () => {
  it('ties a payer at another manager to the same account, whose slips are then seen with the others', async () => {
    await createWholeSlip(server.db, payer);
    const { status, body } = await add({ slipPassword: slipPassword.toLowerCase() });
    expect(status).toBe(201);
    expect(body.payers.map(({ managerId }) => managerId).sort()).toEqual([manager.id, other.id].sort());
    const slips = await server.api(listSlips, { token: resident.token });
    expect(slips.body.items.map(({ payerId }) => payerId)).toEqual([payer.id]);
    expect((await mailsTo(resident.account.email)).map(({ kind }) => kind)).toEqual(['payer-added']);
    expect(await deeds(other.id)).toMatchObject([{}, { action: 'payer.linked', subjectId: payer.id }].slice(-1));
  });

  it('takes a further payer at the same manager', async () => {
    const garage = await createPayer(server.db, manager.id);
    const { body } = await add({
      managerId: manager.id,
      payerCode: garage.code,
      slipPassword: await createSlipPassword(server.services, garage),
    });
    expect(body.payers.filter(({ managerId }) => managerId === manager.id)).toHaveLength(2);
  });

  it('waits for the e-mail address to be confirmed, and uses nothing up until then', async () => {
    await Account.query(server.db).findById(resident.account.id).patch({ emailConfirmedAt: null });
    expect((await add()).problem.code).toBe('email_unconfirmed');
    await Account.query(server.db)
      .findById(resident.account.id)
      .patch({ emailConfirmedAt: toInstant(new Date()) });
    expect((await add()).status).toBe(201);
  });

  it('gives one answer to whatever is wrong with code and slip password', async () => {
    const used = await createSlipPassword(server.services, payer, { usedAt: toInstant(new Date()) });
    const expired = await createSlipPassword(server.services, payer, {
      expiresAt: toInstant(later(new Date(), -days)),
    });
    const answers = [];
    for (const wrong of [
      { slipPassword: generateSlipPassword() },
      { payerCode: '999999' },
      { managerId: manager.id },
      { slipPassword: used },
      { slipPassword: expired },
    ]) {
      const { status, problem } = await add(wrong);
      answers.push([status, { ...problem, requestId: '' }]);
      await server.db('rate_limits').del();
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(422);
  });

  it('leaves a payer with the account that has it, and the slip password good', async () => {
    await createResident(server.db, payer);
    expect((await add()).problem.code).toBe('payer_taken');
    expect(await SlipPassword.query(server.db).where({ payer_id: payer.id }).first()).toMatchObject({ usedAt: null });
  });

  it('that is refused is written down, at a manager that there is', async () => {
    await add({ slipPassword: generateSlipPassword() });
    const refused = { action: 'payer.link_refused', actorId: resident.account.id, subjectId: payer.code };
    const details = '{"reason":"slip_password_rejected"}';
    expect((await deeds(other.id)).at(-1)).toMatchObject({ ...refused, details });
    await add({ managerId: newId() });
    expect((await deeds(portalChain)).at(-1)).toMatchObject({ ...refused, details });
  });

  it('takes a slip password once, also when ten come at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await PayerAccount.query(server.db).where({ payer_id: payer.id })).toHaveLength(1);
  });

  it('makes who guesses wait', async () => {
    for (let tries = 0; tries < 5; tries += 1) await add({ slipPassword: generateSlipPassword() });
    const { status, problem } = await add();
    expect([status, problem.code]).toEqual([429, 'rate_limited']);
    expect(problem.retryAfter).toBeGreaterThan(0);
  });
});

describe('taking premises off', () => {
  beforeEach(() => add());

  it('asks for the password, ends what was seen, and tells the person and the office', async () => {
    expect((await remove(payer.id, 'Napacno-1')).problem.code).toBe('wrong_password');
    expect((await server.api(getSession, { token: resident.token })).body.payers).toHaveLength(2);
    const { status, body } = await remove(payer.id);
    expect([status, body.payers.map(({ managerId }) => managerId)]).toEqual([200, [manager.id]]);
    const [told] = await mailsTo('pisarna@drugi.example');
    expect(told).toMatchObject({ kind: 'payer-left', managerId: other.id });
    expect(told?.text).toContain(payer.code);
    expect((await mailsTo(resident.account.email)).map(({ kind }) => kind)).toContain('payer-removed');
    expect((await deeds(other.id)).at(-1)).toMatchObject({ action: 'payer.unlinked', actorId: resident.account.id });
  });

  it('sends nothing to an address that nobody has proved', async () => {
    await Account.query(server.db).findById(resident.account.id).patch({ emailConfirmedAt: null });
    expect((await remove(payer.id)).status).toBe(200);
    expect((await mailsTo(resident.account.email)).map(({ kind }) => kind)).not.toContain('payer-removed');
    expect((await mailsTo('pisarna@drugi.example')).filter(({ managerId }) => managerId === other.id)).toHaveLength(1);
  });

  it("finds nobody else's payer, whatever the password", async () => {
    const stranger = await createResident(server.db, await createPayer(server.db, other.id));
    expect((await remove(payer.id, password, stranger.token)).problem.code).toBe('not_found');
  });

  it('makes who guesses the password wait', async () => {
    for (let tries = 0; tries < 5; tries += 1) await remove(payer.id, 'Napacno-1');
    expect((await remove(payer.id)).problem.code).toBe('rate_limited');
  });
});

describe('the list of managers', () => {
  it('is searched without regard to case and to marks above letters, page by page', async () => {
    const name = `Hišni čuvaj ${other.id.slice(0, 6)}`;
    for (const number of [1, 2, 3]) await createManager(server.db, { name: `${name} ${number}`, town: '6250 Šentvid' });
    const search = `HISNI sentvid ${other.id.slice(0, 6)}`;
    const first = await server.api(listManagers, { token: resident.token, query: { search, limit: 2 } });
    expect(first.body.items.map((found) => found.name)).toEqual([`${name} 1`, `${name} 2`]);
    const cursor = first.body.nextCursor ?? '';
    const second = await server.api(listManagers, { token: resident.token, query: { search, limit: 2, cursor } });
    expect(second.body).toMatchObject({ items: [{ name: `${name} 3` }], nextCursor: null });
    const none = await server.api(listManagers, { token: resident.token, query: { search: '100%' } });
    expect(none.body.items).toEqual([]);
  });
});
