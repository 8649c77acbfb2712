import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deleteAccount,
  downloadAccountData,
  listNotificationChoices,
  setNotificationChoice,
} from '../../contract/account.ts';
import { publishImport } from '../../contract/imports.ts';
import { getSession } from '../../contract/session.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant, toIso } from '../../server/db/time.ts';
import { passwordChangedMail } from '../../server/mail/templates/password-changed.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { ChannelChange } from '../../server/models/channel-change.ts';
import { DisplacedSession } from '../../server/models/displaced-session.ts';
import { Invitation } from '../../server/models/invitation.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import type { Payer } from '../../server/models/payer.ts';
import { Slip } from '../../server/models/slip.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { createSlipMailings } from '../../server/modules/notifications/slip-mailings.ts';
import { createManager, createPayer, createResident, createStaff, createStaffRole } from '../helpers/factories.ts';
import { pdfText } from '../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createWholeSlip } from '../helpers/slip-factories.ts';

const password = 'Moje-geslo-7';
let server: TestServer;
let manager: Manager;
let payer: Payer;
let resident: { account: Account; token: string };

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db, services } = server;
  await db('rate_limits').del();
  manager = await createManager(db, { email: 'pisarna@upravnik.example' });
  payer = await createPayer(db, manager.id, { channel: 'email' });
  resident = await createResident(db, payer);
  const passwordHash = await services.passwords.hash(password);
  await Account.query(db)
    .findById(resident.account.id)
    .patch({ passwordHash, emailConfirmedAt: toInstant(new Date()) });
});

const mailsTo = (to: string) => Mail.query(server.db).where({ to_address: to });

describe('the own data', () => {
  it('comes as a ZIP with all that is kept, and PDFs of those slips that are shown as PDFs', async () => {
    const { db } = server;
    const withoutChannel = await createPayer(db, manager.id, { channel: 'none' });
    await PayerAccount.query(db).insert({
      managerId: manager.id,
      payerId: withoutChannel.id,
      accountId: resident.account.id,
      linkedAt: toInstant(new Date()),
    });
    const shown = await createWholeSlip(db, payer);
    const dataOnly = await createWholeSlip(db, withoutChannel);
    await createWholeSlip(db, await createPayer(db, manager.id));
    const { status, headers, bytes } = await server.api(downloadAccountData, { token: resident.token });
    expect(status).toBe(200);
    expect(headers.get('Content-Disposition')).toMatch(/iiportal-moji-podatki-\d{4}-\d\d-\d\d\.zip/);
    const files = unzipSync(new Uint8Array(bytes));
    const nameOf = ({ number }: Slip) => `razdelilniki/razdelilnik-2026-10-${number}`;
    expect(Object.keys(files).sort()).toEqual(
      ['moji-podatki.json', `${nameOf(shown)}.json`, `${nameOf(shown)}.pdf`, `${nameOf(dataOnly)}.json`].sort(),
    );
    const text = Buffer.from(files['moji-podatki.json'] ?? []).toString('utf8');
    const own = JSON.parse(text) as { account: object; payers: unknown[]; deeds: unknown[] };
    expect(own.account).toMatchObject({ email: resident.account.email, firstName: 'Živa', lastName: 'Čebašek' });
    expect(own.payers).toHaveLength(2);
    expect(own.deeds).toMatchObject([{ action: 'data.downloaded' }]);
    expect(text).not.toMatch(/\$2b\$|hash|token/i);
    const pdf = Object.entries(files).find(([name]) => name.endsWith('.pdf'))?.[1];
    expect(pdfText(Buffer.from(pdf ?? []))).toContain(shown.number);
  });

  it('says what the managers keep of the payers, what took the place of a session, and what was sent to a proved address', async () => {
    const { db } = server;
    const { email, id: accountId } = resident.account;
    const createdAt = toInstant(new Date());
    const invited = { role: 'clerk', language: 'sl', hmac: '0'.repeat(64), createdAt, expiresAt: createdAt } as const;
    await Invitation.query(db).insert({ managerId: manager.id, id: newId(), email, invitedBy: null, ...invited });
    const displaced = { tokenHash: newId(), device: 'Windows, PISARNA-3', displacedAt: createdAt };
    await DisplacedSession.query(db).insert({ accountId, ...displaced });
    const read = async () => {
      const { bytes } = await server.api(downloadAccountData, { token: resident.token });
      const text = Buffer.from(unzipSync(new Uint8Array(bytes))['moji-podatki.json'] ?? []).toString('utf8');
      return JSON.parse(text) as unknown;
    };
    const { code, street, taxNumber, channel } = payer;
    expect(await read()).toMatchObject({
      payers: [{ managerName: manager.name, code, street, taxNumber, channel, linkedAt: expect.any(String) as string }],
      displacedSessions: [{ by: 'Windows, PISARNA-3', at: toIso(createdAt) }],
      invitations: [{ managerId: manager.id, role: 'clerk' }],
    });
    await Account.query(db).findById(accountId).patch({ emailConfirmedAt: null });
    expect(await read()).toMatchObject({ invitations: [] });
  });

  it("says how the payer's bills went out over time, and when slips were opened, of nobody else", async () => {
    const { db } = server;
    const stranger = await createPayer(db, manager.id);
    const changedAt = toInstant(new Date());
    for (const { id: payerId } of [payer, stranger]) {
      const change = { channel: 'bank', origin: 'office', requestId: null, changedBy: null, changedAt } as const;
      await ChannelChange.query(db).insert({ managerId: manager.id, id: newId(), payerId, ...change });
    }
    const opened = await createWholeSlip(db, payer);
    const others = await createWholeSlip(db, stranger);
    await createWholeSlip(db, payer);
    for (const { id } of [opened, others]) await Slip.query(db).where({ id }).patch({ firstOpenedAt: changedAt });
    const { bytes } = await server.api(downloadAccountData, { token: resident.token });
    const text = Buffer.from(unzipSync(new Uint8Array(bytes))['moji-podatki.json'] ?? []).toString('utf8');
    const { channelChanges, slipOpenings } = JSON.parse(text) as Record<string, unknown[]>;
    const whose = { managerId: manager.id, payerId: payer.id };
    expect(channelChanges).toEqual([{ ...whose, channel: 'bank', origin: 'office', changedAt: toIso(changedAt) }]);
    const { number, period } = opened;
    expect(slipOpenings).toEqual([{ ...whose, number, period, firstOpenedAt: toIso(changedAt) }]);
  });

  it('is not fetched without end', async () => {
    const codes = [];
    for (let tries = 0; tries < 8; tries += 1) {
      codes.push((await server.api(downloadAccountData, { token: resident.token })).status);
    }
    expect(codes.at(-1)).toBe(429);
  });
});

describe('deleting the account', () => {
  const erase = (typed = password, token = resident.token) =>
    server.api(deleteAccount, { token, body: { password: typed } });

  it('asks for the password, then leaves the slips and nothing of the person', async () => {
    const { db } = server;
    const slip = await createWholeSlip(db, payer);
    expect((await erase('Napacno-1')).problem.code).toBe('wrong_password');
    expect((await erase()).status).toBe(204);
    expect((await server.api(getSession, { token: resident.token })).problem.code).toBe('not_signed_in');
    expect(await Account.query(db).findById(resident.account.id)).toBeUndefined();
    expect(await PayerAccount.query(db).where({ payer_id: payer.id })).toEqual([]);
    expect(await Slip.query(db).findOne({ id: slip.id })).toBeDefined();
    expect(await mailsTo('pisarna@upravnik.example')).toMatchObject([{ kind: 'payer-left', managerId: manager.id }]);
    expect(await mailsTo(resident.account.email)).toMatchObject([{ kind: 'account-deleted', accountId: null }]);
    const trail = await AuditEntry.query(db).where({ actor_id: resident.account.id });
    expect(trail.map(({ action }) => action).sort()).toEqual(['account.deleted', 'payer.unlinked']);
    expect(JSON.stringify(trail)).not.toContain(resident.account.email);
  });

  it('is done and told once, of several requests at the same time', async () => {
    const { passwords } = server.services;
    const waiting: (() => void)[] = [];
    // All are let in, and all have given the password, before the first one begins.
    const verify = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const go of waiting) go();
      });
      return true;
    };
    Object.assign(server.services, { passwords: { ...passwords, verify } });
    const answers = await Promise.all([erase(), erase(), erase()]);
    Object.assign(server.services, { passwords });
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401, 401]);
    expect(await mailsTo(resident.account.email)).toHaveLength(1);
    const trail = await AuditEntry.query(server.db).where({ actor_id: resident.account.id, action: 'account.deleted' });
    expect(trail).toHaveLength(1);
  });

  it('takes the mails of the account along', async () => {
    const { db, services } = server;
    const { id: accountId, email, firstName, language } = resident.account;
    const person = { accountId, email, firstName, language };
    await db.transaction((trx) => services.outbox.add(trx, passwordChangedMail({ person, at: new Date() })));
    expect(await mailsTo(email)).toHaveLength(1);
    await erase();
    expect((await mailsTo(resident.account.email)).map(({ kind }) => kind)).toEqual(['account-deleted']);
  });

  it('leaves no manager without an admin', async () => {
    const { db } = server;
    await createStaffRole(db, manager.id, resident.account.id, 'admin');
    expect((await erase()).problem.code).toBe('last_admin');
    await createStaff(db, manager.id, 'admin');
    expect((await erase()).status).toBe(204);
    expect(await StaffRole.query(db).where({ account_id: resident.account.id })).toEqual([]);
  });
});

describe('the choice of notifications', () => {
  it('is yes until somebody says no, and only for managers of the own payers', async () => {
    const { token } = resident;
    const choice = { managerId: manager.id, managerName: manager.name, newSlips: true };
    expect((await server.api(listNotificationChoices, { token })).body.items).toEqual([choice]);
    const set = (managerId: string, newSlips: boolean) =>
      server.api(setNotificationChoice, { token, params: { managerId }, body: { newSlips } });
    expect((await set(manager.id, false)).body).toEqual({ ...choice, newSlips: false });
    expect((await server.api(listNotificationChoices, { token })).body.items).toEqual([{ ...choice, newSlips: false }]);
    expect((await set(manager.id, true)).body).toEqual(choice);
    expect((await set((await createManager(server.db)).id, true)).problem.code).toBe('not_found');
  });

  it('decides who is told of new slips: one mail for all of them, to proved addresses alone', async () => {
    const { db } = server;
    const run = await createRun(db, manager.id, { state: 'draft' });
    const garage = await createPayer(db, manager.id);
    const refusing = await createResident(db, await createPayer(db, manager.id));
    const unproved = await createResident(db, await createPayer(db, manager.id));
    await Account.query(db)
      .findById(refusing.account.id)
      .patch({ emailConfirmedAt: toInstant(new Date()) });
    await server.api(setNotificationChoice, {
      token: refusing.token,
      params: { managerId: manager.id },
      body: { newSlips: false },
    });
    await PayerAccount.query(db).insert({
      ...{ managerId: manager.id, payerId: garage.id, accountId: resident.account.id },
      linkedAt: toInstant(new Date()),
    });
    const links = await PayerAccount.query(db).where({ manager_id: manager.id });
    for (const { payerId } of links) {
      await Slip.query(db).insert({
        ...{ managerId: manager.id, id: payerId, runId: run.id, payerId, number: payerId, period: run.period },
        ...{ issueDate: '2026-11-02', dueDate: '2026-11-15', totalCents: 100 },
      });
    }
    const admin = await createStaff(db, manager.id);
    const published = await server.api(publishImport, { token: admin.token, params: { id: run.importId } });
    expect(published.status).toBe(200);
    await createSlipMailings(server.services).run();
    const [mail, ...more] = await mailsTo(resident.account.email);
    expect([mail?.kind, mail?.subject, more]).toEqual(['new-slip', `Nova razdelilnika: ${manager.name}`, []]);
    expect(await mailsTo(refusing.account.email)).toEqual([]);
    expect(await mailsTo(unproved.account.email)).toEqual([]);
  });
});
