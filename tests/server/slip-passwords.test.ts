import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRegistration } from '../../contract/registrations.ts';
import { isSlipPassword } from '../../contract/schemas/slip-password.ts';
import { issueSlipPasswords, type SlipPasswordOrder } from '../../contract/slip-passwords.ts';
import type { Manager } from '../../server/models/manager.ts';
import { SlipPasswordBatch } from '../../server/models/slip-password-batch.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { createManager, createManagerHost, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let manager: Manager;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  manager = await createManager(server.db);
  ({ token } = await createStaff(server.db, manager.id, 'admin'));
});

const issue = (body: SlipPasswordOrder, headers: Record<string, string> = {}, as = token) =>
  server.api(issueSlipPasswords, { token: as, body, headers });
const payers = async (...codes: string[]) =>
  Promise.all(codes.map((code) => createPayer(server.db, manager.id, { code, name: `Plačnik ${code}` })));
const stored = () => SlipPassword.query(server.db).where({ manager_id: manager.id });

const register = (payerCode: string, slipPassword: string) =>
  server.api(createRegistration, {
    body: {
      ...{ managerId: manager.id, payerCode, slipPassword, firstName: 'Žan', lastName: 'Čehovin' },
      ...{ email: `oseba-${payerCode}-${manager.id}@example.si`, password: 'Dolgo-geslo-7' },
    },
  });

describe('POST /office/slip-passwords', () => {
  it('issues to chosen payers, shows each once, keeps only its HMAC', async () => {
    const [first, second] = await payers('201', '202', '203');
    const { status, body } = await issue({ payerIds: [second!.id, first!.id, first!.id] });
    expect(status).toBe(201);
    expect(body.issued.map(({ payerCode, payerName }) => [payerCode, payerName])).toEqual([
      ['201', 'Plačnik 201'],
      ['202', 'Plačnik 202'],
    ]);
    for (const { slipPassword } of body.issued) {
      expect(slipPassword).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}$/);
      expect(isSlipPassword(slipPassword)).toBe(true);
    }
    const rows = await stored();
    expect(rows).toHaveLength(2);
    const plain = body.issued.map(({ slipPassword }) => slipPassword.replaceAll('-', ''));
    expect(plain.some((password) => JSON.stringify(rows).includes(password))).toBe(false);
    const days = (Date.parse(body.issued[0]!.expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(server.services.config.slipPasswordDays);
  });

  it('what it issues opens a registration', async () => {
    const [payer] = await payers('301');
    const { body } = await issue({ payerIds: [payer!.id] });
    expect((await register('301', body.issued[0]!.slipPassword)).status).toBe(201);
  });

  it('voids earlier ones of the same payers, and of no others', async () => {
    const [first, second] = await payers('401', '402');
    const earlier = (await issue({ payerIds: [first!.id, second!.id] })).body.issued;
    const later = (await issue({ payerIds: [first!.id] })).body.issued;
    expect((await register('401', earlier[0]!.slipPassword)).problem.code).toBe('slip_password_rejected');
    expect((await register('401', later[0]!.slipPassword)).status).toBe(201);
    expect((await register('402', earlier[1]!.slipPassword)).status).toBe(201);
  });

  it('two at once leave one good password for a payer', async () => {
    const [payer] = await payers('451');
    await Promise.all(Array.from({ length: 5 }, () => issue({ payerIds: [payer!.id] })));
    expect((await stored()).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  });

  it('issues to all without an account, by code', async () => {
    const [, taken] = await payers('501', '502', '503');
    await createResident(server.db, taken!);
    const { body } = await issue({ allWithoutAccount: true });
    expect(body.issued.map(({ payerCode }) => payerCode)).toEqual(['501', '503']);
  });

  it("with another manager's payer among the chosen, nothing is issued and nothing voided", async () => {
    const [good] = await payers('601');
    const foreign = await createPayer(server.db, (await createManager(server.db)).id);
    await issue({ payerIds: [good!.id] });
    const before = JSON.stringify(await stored());
    const { problem } = await issue({ payerIds: [good!.id, foreign.id] });
    expect(problem).toMatchObject({ status: 404, code: 'not_found' });
    expect(JSON.stringify(await stored())).toBe(before);
  });

  it('passes over who has an account, and says so when nobody else was chosen', async () => {
    const [good, taken] = await payers('611', '612');
    await createResident(server.db, taken!);
    const { body } = await issue({ payerIds: [taken!.id, good!.id] });
    expect(body.issued.map(({ payerCode }) => payerCode)).toEqual(['611']);
    expect((await issue({ payerIds: [taken!.id] })).problem.code).toBe('payer_taken');
    expect(await stored()).toHaveLength(1);
  });

  it('issues nothing where nobody is left', async () => {
    const [only] = await payers('621');
    await createResident(server.db, only!);
    const { problem } = await issue({ allWithoutAccount: true });
    expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ rule: 'empty' }] });
    expect(await SlipPasswordBatch.query(server.db).where({ manager_id: manager.id })).toEqual([]);
  });

  it('is for admins', async () => {
    const [payer] = await payers('701');
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    const elsewhere = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await issue({ payerIds: [payer!.id] }, {}, clerk.token)).problem.code).toBe('forbidden');
    expect((await issue({ payerIds: [payer!.id] }, {}, elsewhere.token)).problem.code).toBe('not_found');
    expect(await stored()).toEqual([]);
  });

  it('issues nothing that it could not show', async () => {
    const [payer] = await payers('801');
    expect((await issue({ payerIds: [payer!.id] }, { Accept: 'text/html' })).problem.code).toBe('not_acceptable');
    expect(await stored()).toEqual([]);
  });
});

describe('as letters', () => {
  it('one page a payer, with code, password, address of the portal and how to register', async () => {
    await payers('901', '902');
    const { status, headers, bytes } = await issue({ allWithoutAccount: true }, { Accept: 'application/pdf' });
    expect([status, headers.get('Content-Type')]).toEqual([201, 'application/pdf']);
    expect(headers.get('Content-Disposition')).toContain('attachment');
    const pages = execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' }).split('\f');
    expect(pages.filter((page) => page.trim())).toHaveLength(2);
    for (const [index, code] of ['901', '902'].entries()) {
      const page = pages[index]!;
      expect(page).toContain(manager.name);
      expect(page).toContain(`Plačnik ${code}`);
      expect(page).toContain('REGISTRACIJA');
      expect(page).toContain(new URL(server.services.config.publicUrl).host);
      const password = /\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}\b/.exec(page)?.[0];
      expect((await register(code, password ?? '')).status).toBe(201);
    }
  });

  it("name the portal by the manager's own host name, where it has one", async () => {
    await createManagerHost(server.db, manager.id, 'portal.vzorec.example');
    await payers('903');
    const { bytes } = await issue({ allWithoutAccount: true }, { Accept: 'application/pdf' });
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
    expect(text).toContain('portal.vzorec.example');
    expect(text).not.toContain(new URL(server.services.config.publicUrl).host);
  });
});
