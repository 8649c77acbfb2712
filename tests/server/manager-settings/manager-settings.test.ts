import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deleteLogo,
  getLogo,
  getManagerSettings,
  maxLogoBytes,
  previewTemplates,
  setLogo,
  updateManagerSettings,
} from '../../../contract/manager-settings.ts';
import { logoOf } from '../../../server/modules/manager-settings/logo.service.ts';
import { documentOf } from '../../../server/modules/slips/slip-documents.ts';
import { findOwnSlip } from '../../../server/modules/slips/slips.service.ts';
import { trailOf } from '../../helpers/audit.ts';
import { createManager, createPayer, createStaff, createStaffRole } from '../../helpers/factories.ts';
import { createPerson, password } from '../../helpers/planted.ts';
import { jpegOf, pngBomb, pngOf } from '../../helpers/pictures.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';
import { createRun, createSlip } from '../../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let admin: { token: string; account: { id: string } };
let clerk: { token: string };

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db, { taxNumber: '12345678' })).id;
  admin = await createPerson(server, ({ id }) => createStaffRole(server.db, managerId, id, 'admin'));
  clerk = await createStaff(server.db, managerId, 'clerk');
});

const settings = async () => (await server.api(getManagerSettings, { token: clerk.token })).body;

const deeds = async () =>
  (await trailOf(server.services, managerId)).map(({ action, actorId, details }) => ({
    action,
    actorId,
    details: JSON.parse(details) as unknown,
  }));

describe("the manager's settings", () => {
  it('are there for clerks', async () => {
    expect(await settings()).toMatchObject({
      ...{ id: managerId, street: 'Šmartinska cesta 152', town: '1000 Ljubljana', taxNumber: '12345678' },
      ...{ iban: 'SI56020170014356205', referenceTemplate: 'SI12 {payer}{period}', purposeCode: 'OTHR' },
      ...{ purposeTemplate: 'Razdelilnik {period}', slipNote: '', hasLogo: false, slipPasswordDays: 60 },
    });
  });

  it('are changed by an admin, what is given alone, and the trail has the account as it was', async () => {
    const body = { iban: ' si56 9900 0001 2345 646 ', slipNote: '  Pisarna bo  24. decembra zaprta. ', password };
    const { status, body: changed } = await server.api(updateManagerSettings, { token: admin.token, body });
    expect(status).toBe(200);
    expect(changed).toMatchObject({ iban: 'SI56990000012345646', slipNote: 'Pisarna bo 24. decembra zaprta.' });
    expect(changed.referenceTemplate).toBe('SI12 {payer}{period}');
    expect(await settings()).toEqual(changed);
    expect(await deeds()).toEqual([
      {
        ...{ action: 'manager.changed', actorId: admin.account.id },
        details: { changed: 'iban slipNote', iban: 'SI56990000012345646', ibanBefore: 'SI56020170014356205' },
      },
    ]);
  });

  it.each([0, 731, 1.5, '90', null])('take no slip passwords that are good for %s days', async (slipPasswordDays) => {
    const body = { slipPasswordDays } as never;
    const { problem } = await server.api(updateManagerSettings, { token: admin.token, body });
    expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ path: 'slipPasswordDays' }] });
    expect((await settings()).slipPasswordDays).toBe(server.services.config.slipPasswordDays);
  });

  it('say for how long slip passwords are good, which is a deed', async () => {
    await server.api(updateManagerSettings, { token: admin.token, body: { slipPasswordDays: 90 } });
    expect((await settings()).slipPasswordDays).toBe(90);
    expect(await deeds()).toMatchObject([{ details: { changed: 'slipPasswordDays' } }]);
  });

  it('that stay the same are no deed', async () => {
    const { iban, purposeCode, slipNote } = await settings();
    const { status } = await server.api(updateManagerSettings, {
      token: admin.token,
      body: { iban, purposeCode, slipNote },
    });
    expect([status, await deeds()]).toEqual([200, []]);
  });

  it.each([
    [{ iban: 'SI56020170014356206' }, 'iban', 'iban'],
    [{ iban: '' }, 'iban', 'required'],
    [{ referenceTemplate: 'SI12 {stavba}' }, 'referenceTemplate', 'template_form'],
    [{ referenceTemplate: 'SI77 {payer}' }, 'referenceTemplate', 'template_model'],
    [{ referenceTemplate: 'SI12 {payer}-{period}' }, 'referenceTemplate', 'template_parts'],
    [{ purposeTemplate: 'Razdelilnik {obdobje}' }, 'purposeTemplate', 'template_placeholder'],
    [{ purposeTemplate: 'Раздел' }, 'purposeTemplate', 'characters'],
    [{ purposeCode: 'cost' }, 'purposeCode', 'purpose_code'],
    [{ slipNote: 'x'.repeat(501) }, 'slipNote', 'too_long'],
  ])('are not changed to %j', async (wrong, path, rule) => {
    const before = await settings();
    const body = { slipNote: 'Nova opomba', ...wrong };
    const { status, problem } = await server.api(updateManagerSettings, { token: admin.token, body });
    expect([status, problem.code, problem.fields]).toEqual([400, 'invalid_request', [{ path, rule }]]);
    expect([await settings(), await deeds()]).toEqual([before, []]);
  });

  it("are not changed to a template that the manager's own slips do not fit, and to it where there are none", async () => {
    const body = { referenceTemplate: 'SI12 {slip}{period}' };
    const change = () => server.api(updateManagerSettings, { token: admin.token, body });
    expect((await change()).status).toBe(200);
    await createSlip(server.db, await createPayer(server.db, managerId), { number: '2026-10-0001' });
    const { problem } = await change();
    expect(problem.fields).toEqual([{ path: 'referenceTemplate', rule: 'reference_length' }]);
  });

  it('put the note on every slip', async () => {
    const body = { slipNote: 'Pisarna bo 24. decembra zaprta.' };
    await server.api(updateManagerSettings, { token: admin.token, body });
    const payer = await createPayer(server.db, managerId);
    const slip = await createSlip(server.db, payer, { note: 'Vodomer je zamenjan.' });
    const actor = { accountId: '', sessionId: '', payers: [{ managerId, payerId: payer.id }], roles: [] };
    const { slip: shown } = await documentOf(server.db, await findOwnSlip(server.db, actor as never, slip.id));
    expect(shown.notes).toEqual(['Pisarna bo 24. decembra zaprta.', 'Vodomer je zamenjan.']);
  });
});

describe('a preview of templates', () => {
  const preview = async (body: { referenceTemplate: string; purposeTemplate: string }) =>
    (await server.api(previewTemplates, { token: clerk.token, body })).body;

  it('is made with invented values where there are no slips', async () => {
    expect(
      await preview({ referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik {period}' }),
    ).toEqual({
      example: { payerCode: '104217', slipNumber: '2026-10-0001', period: '2026-10', isInvented: true },
      reference: { text: 'SI12 1042172026105', fault: null },
      purpose: { text: 'Razdelilnik 10/2026', fault: null },
    });
  });

  it("is made with a slip of the manager's newest run that has one", async () => {
    const payer = await createPayer(server.db, managerId, { code: '7001' });
    await createSlip(server.db, payer, { number: 'R-8', period: '2026-08' });
    await createSlip(server.db, payer, { number: 'R-9', period: '2026-09' });
    await createRun(server.db, managerId, { period: '2026-10' });
    const other = await createManager(server.db);
    await createSlip(server.db, await createPayer(server.db, other.id), { period: '2026-11' });
    expect(await preview({ referenceTemplate: 'RF {payer}{slip}', purposeTemplate: 'Račun {slip}' })).toEqual({
      example: { payerCode: '7001', slipNumber: 'R-9', period: '2026-09', isInvented: false },
      reference: { text: expect.stringMatching(/^RF\d\d 7001 R9$/) as string, fault: null },
      purpose: { text: 'Račun R-9', fault: null },
    });
  });

  it('says what is wrong with each', async () => {
    const { reference, purpose } = await preview({ referenceTemplate: 'SI12', purposeTemplate: 'Za {kaj}' });
    expect(reference).toEqual({ text: null, fault: 'template_parts' });
    expect(purpose).toEqual({ text: null, fault: 'template_placeholder' });
    const long = await preview({ referenceTemplate: 'SI12 {slip}{period}', purposeTemplate: 'x' });
    expect(long.reference).toEqual({ text: null, fault: 'reference_length' });
  });
});

describe("the manager's logo", () => {
  const upload = (bytes: Buffer, mediaType = 'image/png') =>
    server.api(setLogo, {
      token: admin.token,
      bytes: new Uint8Array(bytes),
      headers: { 'Content-Type': mediaType },
    });

  const red = pngOf(3, 2, () => [255, 0, 0, 255]);

  it('is shown as it was uploaded, and printed from its pixels', async () => {
    const { status, body } = await upload(red);
    expect([status, body.hasLogo, (await settings()).hasLogo]).toEqual([200, true, true]);
    const { headers, bytes } = await server.api(getLogo, { token: clerk.token });
    expect([headers.get('Content-Type'), bytes.equals(red)]).toEqual(['image/png', true]);
    expect(await logoOf(server.db, managerId)).toMatchObject({ kind: 'rgb', width: 3, height: 2 });
    const details = { mediaType: 'image/png', width: 3, height: 2 };
    expect(await deeds()).toEqual([{ action: 'logo.changed', actorId: admin.account.id, details }]);
  });

  it('is what its content says, whatever it is called', async () => {
    await upload(red);
    const jpeg = jpegOf({ width: 400, height: 100 });
    expect((await upload(jpeg, 'image/png')).status).toBe(200);
    const { headers, bytes } = await server.api(getLogo, { token: clerk.token });
    expect([headers.get('Content-Type'), bytes.equals(jpeg)]).toEqual(['image/jpeg', true]);
    const logo = await logoOf(server.db, managerId);
    expect(logo).toMatchObject({ kind: 'jpeg', width: 400, height: 100 });
    expect(Buffer.from(logo?.bytes ?? []).equals(jpeg)).toBe(true);
  });

  it('is removed, once', async () => {
    await upload(red);
    for (let time = 0; time < 2; time++) {
      const { status, body } = await server.api(deleteLogo, { token: admin.token });
      expect([status, body.hasLogo]).toEqual([200, false]);
    }
    expect(await logoOf(server.db, managerId)).toBeNull();
    expect((await server.api(getLogo, { token: clerk.token })).problem.code).toBe('not_found');
    expect((await deeds()).map(({ details }) => details)[1]).toEqual({ removed: true });
    expect(await deeds()).toHaveLength(2);
  });

  it.each([
    ['no picture', Buffer.from('GIF89a'), 'picture_rejected', 422],
    ['a picture that is far larger inside', pngBomb({ width: 9, height: 9 }, 100_000_000), 'picture_rejected', 422],
    ['for print', jpegOf({ components: 4 }), 'picture_rejected', 422],
    ['a byte too large', Buffer.alloc(maxLogoBytes + 1), 'body_too_large', 413],
    ['nothing', Buffer.alloc(0), 'picture_rejected', 422],
  ])('stays when what comes is %s', async (_, bytes, code, status) => {
    await upload(red);
    const answer = await upload(bytes);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
    expect((await server.api(getLogo, { token: clerk.token })).bytes.equals(red)).toBe(true);
  });

  it('comes as a picture alone', async () => {
    expect((await upload(red, 'text/html')).problem.code).toBe('unsupported_media_type');
  });

  it("is its manager's alone", async () => {
    await upload(red);
    const other = await createManager(server.db);
    const { token } = await createStaff(server.db, other.id, 'clerk');
    expect((await server.api(getLogo, { token })).problem.code).toBe('not_found');
    expect(await logoOf(server.db, other.id)).toBeNull();
  });
});
