import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discardImport, publishImport } from '../../contract/imports.ts';
import { issueSlipPasswords } from '../../contract/slip-passwords.ts';
import { createAudit } from '../../server/audit/audit.ts';
import { whoOf } from '../../server/audit/who.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { transaction } from '../../server/db/transaction.ts';
import { deriveKeys } from '../../server/keys.ts';
import { AuditHead } from '../../server/models/audit-head.ts';
import { Manager } from '../../server/models/manager.ts';
import { generateBillingFile } from '../../server/sample/billing-file.ts';
import type { Services } from '../../server/services.ts';
import { createChain, record, trailOf, verify } from '../helpers/audit.ts';
import { billingFile, slipRow } from '../helpers/billing-file.ts';
import { createManager, createPayer, createStaff } from '../helpers/factories.ts';
import { createOffice } from '../helpers/imports.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let services: Services;

beforeAll(async () => {
  server = await startTestServer();
  ({ services } = server);
});

afterAll(() => server.close());

describe('record', () => {
  it('writes down who did what to what, when and where, one after the other', async () => {
    const managerId = newId();
    const actorId = newId();
    const before = toInstant(new Date());
    await record(services, {
      ...{ action: 'payer.released', managerId, actorId, address: '2001:db8::7' },
      ...{ subject: { kind: 'payer', id: 'a1' }, details: { was: 'linked', count: 2, all: false, none: null } },
    });
    await record(services, { action: 'import.started', managerId });
    const [first, second, ...more] = await trailOf(services, managerId);
    expect(first).toMatchObject({
      ...{ seq: 1, action: 'payer.released', actorId, address: '2001:db8::7', subjectKind: 'payer', subjectId: 'a1' },
      details: '{"was":"linked","count":2,"all":false,"none":null}',
    });
    expect(first!.at >= before && first!.at <= toInstant(new Date())).toBe(true);
    const nothing = { actorId: null, address: null, subjectKind: null, subjectId: null, details: '{}' };
    expect(second).toMatchObject({ seq: 2, action: 'import.started', ...nothing });
    expect(more).toEqual([]);
  });

  it('keeps what belongs to no manager, and that a manager began, in the chain of the portal', async () => {
    const accountId = newId();
    await record(services, { action: 'session.started', managerId: null, subject: { kind: 'account', id: accountId } });
    const managerId = await createChain(services, 2);
    const ours = (await trailOf(services, 'iiportal')).filter(({ subjectId }) =>
      [accountId, managerId].includes(subjectId ?? ''),
    );
    expect(ours.map(({ action, subjectKind }) => [action, subjectKind])).toEqual([
      ['session.started', 'account'],
      ['audit.begun', 'manager'],
    ]);
  });

  it('leaves nothing of a deed that was rolled back', async () => {
    const managerId = newId();
    const failing = transaction(services.db, async (trx) => {
      await services.audit.record(trx, { action: 'import.started', managerId });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await trailOf(services, managerId)).toEqual([]);
    expect(await AuditHead.query(services.db).findById(managerId)).toBeUndefined();
    await record(services, { action: 'import.discarded', managerId });
    expect((await trailOf(services, managerId)).map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'import.discarded'],
    ]);
    expect(await verify(services, managerId)).toMatchObject({ [managerId]: { entries: 1 } });
  });

  it('keeps the order of the deeds when the clock is put back', async () => {
    const managerId = newId();
    const hours = [12, 9, 11];
    for (const hour of hours) {
      const audit = createAudit({ clock: () => new Date(Date.UTC(2026, 10, 23, hour)), key: services.keys.audit });
      await record({ ...services, audit }, { action: 'import.started', managerId });
    }
    expect((await trailOf(services, managerId)).map(({ at }) => at)).toEqual(
      hours.map((hour) => toInstant(new Date(Date.UTC(2026, 10, 23, hour)))),
    );
    expect(await verify(services, managerId)).toMatchObject({ [managerId]: { entries: 3 } });
  });

  it('takes 50 deeds at once, as the last work of their transactions, with not one tried again', async () => {
    const managerId = newId();
    const rows = await Promise.all(Array.from({ length: 50 }, () => createManager(services.db)));
    const deed = (row: Manager, count: number) =>
      transaction(
        services.db,
        async (trx) => {
          await Manager.query(trx)
            .findById(row.id)
            .patch({ phone: String(count) });
          await createPayer(trx, row.id);
          await services.audit.record(trx, { action: 'import.started', managerId, details: { count } });
        },
        1,
      );
    await Promise.all(rows.map(deed));
    const entries = await trailOf(services, managerId);
    expect(entries.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    expect(new Set(entries.map(({ details }) => details)).size).toBe(50);
    expect(await verify(services, managerId)).toEqual({
      iiportal: { entries: (await trailOf(services, 'iiportal')).length },
      [managerId]: { entries: 50 },
    });
  });
});

describe('the details', () => {
  const recorded = async (details: Record<string, string>): Promise<string> => {
    const managerId = newId();
    await record(services, { action: 'import.started', managerId, details });
    expect(await verify(services, managerId)).toMatchObject({ [managerId]: { entries: 1 } });
    return (await trailOf(services, managerId))[0]!.details;
  };

  it.each([
    ...['password', 'newPassword', 'slip_password', 'passwd', 'geslo', 'token', 'sessionToken', 'code', 'resetCode'],
    ...['secret', 'clientSecret', 'totp', 'pin', 'email', 'newEmail', 'e-mail', 'firstName', 'last_name'],
  ])('refuse %s, and the deed with it', async (key) => {
    const managerId = newId();
    const refused = record(services, { action: 'import.started', managerId, details: { [key]: 'Dolgo-geslo-7' } });
    await expect(refused).rejects.toThrow(`"${key}" does not belong into the audit trail`);
    expect(await trailOf(services, managerId)).toEqual([]);
  });

  it('cannot pose as another entry, nor steer a terminal', async () => {
    const name = 'a\r\n{"seq":2}\u001b[2J\u009b2J\u202etxt.exe\u2028\u0000\ud800 Žiga 😀 "\\';
    const details = await recorded({ name });
    expect(details).toMatch(/^[ -~]+$/);
    expect(JSON.parse(details)).toEqual({ name });
  });

  it('are cut where they are long', async () => {
    expect(JSON.parse(await recorded({ name: 'č'.repeat(10_000) }))).toEqual({ name: `${'č'.repeat(200)}...` });
  });
});

describe('whoOf', () => {
  it('names the account and the address of a call', () => {
    const who = (accountId: string, address: string) => whoOf({ actor: { accountId }, request: { address } });
    expect(who('a1', '192.0.2.7')).toEqual({ actorId: 'a1', address: '192.0.2.7' });
    expect(who('', '')).toEqual({ actorId: null, address: null });
    expect(who('', 'fe80::1%eth0')).toEqual({ actorId: null, address: 'fe80::1' });
  });
});

describe('pseudonym', () => {
  it('is the same for the same text, tells nothing of it, and takes the key to make', () => {
    const { audit } = services;
    const email = 'zan@example.si';
    expect(audit.pseudonym(email)).toMatch(/^[0-9a-f]{32}$/);
    expect(audit.pseudonym(email)).toBe(audit.pseudonym(email));
    expect(audit.pseudonym('zan@example.sk')).not.toBe(audit.pseudonym(email));
    const other = createAudit({ clock: services.clock, key: deriveKeys(Buffer.alloc(32)).audit });
    expect(other.pseudonym(email)).not.toBe(audit.pseudonym(email));
  });
});

describe('the deeds of the office', () => {
  const told = async (managerId: string) =>
    (await trailOf(services, managerId)).map(({ action, subjectKind, subjectId, details }) => ({
      ...{ action, subject: [subjectKind, subjectId], details: JSON.parse(details) as unknown },
    }));

  it('tell of issued slip passwords how many, in one entry, and none of them', async () => {
    const manager = await createManager(server.db);
    const { account, token } = await createStaff(server.db, manager.id, 'admin');
    for (const code of ['1', '2', '3']) await createPayer(server.db, manager.id, { code });
    const { status, body } = await server.api(issueSlipPasswords, { token, body: { allWithoutAccount: true } });
    expect(status).toBe(201);
    expect(await told(manager.id)).toEqual([
      {
        action: 'slip_passwords.issued',
        subject: ['batch', body.batchId],
        details: { count: 3, form: 'list', whom: 'all' },
      },
    ]);
    const trail = await trailOf(services, manager.id);
    expect(trail[0]).toMatchObject({ actorId: account.id, address: '127.0.0.1' });
    const text = JSON.stringify(trail);
    for (const { slipPassword } of body.issued) {
      expect(text).not.toContain(slipPassword);
      expect(text).not.toContain(slipPassword.replaceAll('-', ''));
    }
  });

  it('tell of an import, and of each run that was published with it', async () => {
    const office = await createOffice(server);
    const file = billingFile([{}, { ...slipRow(1), obdobje: '2026-09' }]);
    const { id, runs } = await office.import(file);
    const published = await server.api(publishImport, { token: office.token, params: { id } });
    expect(published.status).toBe(200);
    const again = await server.api(publishImport, { token: office.token, params: { id } });
    expect(again.problem.code).toBe('import_state');
    const entries = await told(office.manager.id);
    expect(entries).toEqual([
      {
        action: 'import.started',
        subject: ['import', id],
        details: { state: 'checking', bytes: Buffer.byteLength(file) },
      },
      { action: 'import.confirmed', subject: ['import', id], details: {} },
      ...runs.map(({ id: run, period }) => ({
        ...{ action: 'run.published', subject: ['run', run], details: { period, importId: id } },
      })),
    ]);
    expect(entries).toHaveLength(4);
    for (const entry of await trailOf(services, office.manager.id)) {
      expect(entry).toMatchObject({ actorId: office.clerk.account.id, address: '127.0.0.1' });
    }
  });

  it('tell of a file that was refused at once, and of a draft that was thrown away', async () => {
    const office = await createOffice(server);
    const refused = (await office.send('')).body;
    const { id } = await office.import(billingFile([{}]));
    expect((await server.api(discardImport, { token: office.token, params: { id } })).status).toBe(200);
    await server.api(discardImport, { token: office.token, params: { id } });
    expect(await told(office.manager.id)).toMatchObject([
      { action: 'import.started', subject: ['import', refused.id], details: { state: 'refused', bytes: 0 } },
      { action: 'import.started', subject: ['import', id], details: { state: 'checking' } },
      { action: 'import.confirmed', subject: ['import', id] },
      { action: 'import.discarded', subject: ['import', id], details: { was: 'draft' } },
    ]);
  });

  it('tell of a check that was stopped', async () => {
    const office = await createOffice(server);
    const large = [...generateBillingFile({ payers: 400, months: 6, seed: 1, until: '2026-10' })].join('');
    const { id } = (await office.send(large)).body;
    await server.api(discardImport, { token: office.token, params: { id } });
    await services.importJobs.ended(id);
    expect(await told(office.manager.id)).toMatchObject([
      { action: 'import.started' },
      { action: 'import.discarded', subject: ['import', id], details: { was: 'checking' } },
    ]);
  });
});
