import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRegistration } from '../../../contract/registrations.ts';
import { createPrintRun } from '../../../contract/print-runs.ts';
import { PrintRun } from '../../../server/models/print-run.ts';
import { SlipPassword } from '../../../server/models/slip-password.ts';
import { issueForSlips } from '../../../server/modules/slip-passwords/slip-passwords.service.ts';
import { createManagerHost, createResident, createSlipPassword } from '../../helpers/factories.ts';
import { createPrintOffice, type PrintOffice, printRunOf, readableLog } from '../../helpers/print-runs.ts';
import { pdfPages } from '../../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

const { logger, lines } = readableLog();
let server: TestServer;
let office: PrintOffice;

beforeAll(async () => {
  server = await startTestServer({ logger });
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createPrintOffice(server);
});

const printWith = (token = office.admin.token) => office.print({ slipPasswords: true }, token);

const passwordIn = (page: string): string | undefined => /\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}\b/.exec(page)?.[0];

/** The password on the page of a payer. */
const passwordOf = (pdf: Buffer, code: string): string | undefined =>
  passwordIn(pdfPages(pdf).find((page) => page.includes(`R-${code}`)) ?? '');

const register = async (payerCode: string, slipPassword: string | undefined) => {
  const { status } = await server.api(createRegistration, {
    body: {
      ...{
        managerId: office.manager.id,
        payerCode,
        slipPassword: slipPassword ?? '',
        firstName: 'Žan',
        lastName: 'Hren',
      },
      ...{ email: `oseba-${payerCode}-${office.manager.id}@example.si`, password: 'Dolgo-geslo-7' },
    },
  });
  return status;
};

const stored = () => SlipPassword.query(server.db).where({ manager_id: office.manager.id });

describe('fresh slip passwords on the slips of a print run', () => {
  it('open a registration each; earlier ones do not any more, those of other payers do', async () => {
    const first = await office.payer({ code: '101' });
    await office.payer({ code: '102' });
    const other = await createPrintOffice(server);
    const outside = await other.payer();
    const earlier = await createSlipPassword(server.services, first);
    await createSlipPassword(server.services, outside);
    const { status, bytes } = await printWith();
    expect(status).toBe(200);
    expect(await register('101', earlier)).toBe(422);
    expect(await register('101', passwordOf(bytes, '101'))).toBe(201);
    expect(await register('102', passwordOf(bytes, '102'))).toBe(201);
    expect(await SlipPassword.query(server.db).where({ payer_id: outside.id }).whereNull('revoked_at')).toHaveLength(1);
  });

  it('are void after the next print, as those of a print that got lost', async () => {
    await office.payer({ code: '201' });
    const lost = passwordOf((await printWith()).bytes, '201');
    const { bytes } = await printWith();
    expect(await register('201', lost)).toBe(422);
    expect(await register('201', passwordOf(bytes, '201'))).toBe(201);
  });

  it('are for payers of the selection who have no account, one for all slips of a payer', async () => {
    const registered = await office.payer({ code: '301' });
    await createResident(server.db, registered);
    const twice = await office.payer({ code: '302' });
    await office.slipOf(twice, 'R-302-b');
    await office.payer({ code: '303', channel: 'bank' });
    const { bytes } = await office.print({
      selection: { runId: office.run.id, channels: ['email'] },
      slipPasswords: true,
    });
    const pages = pdfPages(bytes);
    expect(pages.filter((page) => page.includes('R-301')).map(passwordIn)).toEqual([undefined]);
    const found = pages.filter((page) => page.includes('R-302')).map(passwordIn);
    expect(found).toEqual([expect.any(String), found[0]]);
    expect((await stored()).map(({ payerId }) => payerId)).toEqual([twice.id]);
  });

  it('are not for who registers between the choice and the issue', async () => {
    const [free, meanwhile] = [await office.payer({ code: '351' }), await office.payer({ code: '352' })];
    await createResident(server.db, meanwhile);
    const who = { actorId: office.admin.account.id, address: null };
    const payerIds = [meanwhile.id, free.id];
    const { passwords } = await issueForSlips(server.services, { managerId: office.manager.id, who, payerIds });
    expect(passwords.map(({ payerId }) => payerId)).toEqual([free.id]);
    expect((await stored()).map(({ payerId }) => payerId)).toEqual([free.id]);
  });

  it('stand nowhere but on paper: not in the database, the log or the trail', async () => {
    await office.payer({ code: '401' });
    const { bytes, headers } = await printWith();
    const password = passwordOf(bytes, '401')!.replaceAll('-', '');
    const run = await printRunOf(server, headers);
    const [row] = await stored();
    expect(run).toMatchObject({ batchId: row!.batchId, state: 'done' });
    const entries: unknown = await server.db('audit_entries').where({ chain: office.manager.id });
    expect(JSON.stringify(entries)).toMatch(/slip_passwords\.issued.*print_run\.ended/s);
    const everything = [JSON.stringify([run, await stored(), entries]), ...lines].join('\n').toUpperCase();
    expect(everything).toContain('PRINT-RUNS');
    expect(everything).not.toContain(password);
    expect(everything).not.toContain(passwordOf(bytes, '401'));
  });

  it("go with the payer's code and the address under which the manager's portal is", async () => {
    await createManagerHost(server.db, office.manager.id, 'portal.vzorec.example');
    await office.payer({ code: '501' });
    const [page] = pdfPages((await printWith()).bytes);
    expect(page).toContain('portal.vzorec.example');
    expect(page).toContain('REGISTRACIJA');
  });

  it('are for admins, and for published runs alone: else nothing is issued and nothing voided', async () => {
    const payer = await office.payer();
    await createSlipPassword(server.services, payer);
    const before = JSON.stringify(await stored());
    expect((await printWith(office.clerk.token)).problem.code).toBe('forbidden');
    const html = { Accept: 'text/html' };
    const body = { selection: { runId: office.run.id }, form: 'pdf', slipPasswords: true } as const;
    const { problem } = await server.api(createPrintRun, { token: office.admin.token, body, headers: html });
    expect(problem.code).toBe('not_acceptable');
    await server.db('billing_runs').where({ id: office.run.id }).update({ state: 'draft' });
    expect((await printWith()).problem.code).toBe('run_draft');
    expect(JSON.stringify(await stored())).toBe(before);
    expect(await PrintRun.query(server.db).where({ manager_id: office.manager.id })).toEqual([]);
  });
});
