import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  discardImport,
  previewWithdrawal,
  publishImport,
  withdrawImport,
  type Import,
} from '../../../contract/imports.ts';
import { exportEInvoices } from '../../../contract/e-invoices.ts';
import { getSlip, listSlips } from '../../../contract/slips.ts';
import { createPrintRun } from '../../../contract/print-runs.ts';
import { days, later, toInstant } from '../../../server/db/time.ts';
import { nothingAttached } from '../../../server/mail/attachments.ts';
import { forgetOldMails } from '../../../server/mail/retention.ts';
import { createSender } from '../../../server/mail/sender.ts';
import { Mail } from '../../../server/models/mail.ts';
import { Payer } from '../../../server/models/payer.ts';
import { Slip } from '../../../server/models/slip.ts';
import { createSlipMailings } from '../../../server/modules/notifications/slip-mailings.ts';
import { trailOf } from '../../helpers/audit.ts';
import { billingFile, slipRow } from '../../helpers/billing-file.ts';
import { createResident } from '../../helpers/factories.ts';
import { createOffice, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;
let done: Import;

const soon = '30. 11. 2027';
const file = billingFile([{ rok_placila: soon }, slipRow(1, { rok_placila: soon })]);

const publish = (id: string) => server.api(publishImport, { token: office.token, params: { id } });
const withdraw = (id: string, reason = 'Napačna voda.') =>
  server.api(withdrawImport, { token: office.token, params: { id }, body: { reason } });
const preview = (token = office.token, id = done.id) => server.api(previewWithdrawal, { token, params: { id } });
const writeMails = () => createSlipMailings(server.services).run();
const mails = () => Mail.query(server.db).where({ manager_id: office.manager.id }).orderBy('to_address');
const runStates = async () =>
  (await server.db('billing_runs').where({ import_id: done.id }).pluck('state')) as string[];

async function resident(index = 0) {
  const code = String(104_217 + index);
  const payer = await Payer.query(server.db).findOne({ manager_id: office.manager.id, code }).throwIfNotFound();
  const { token } = await createResident(server.db, payer);
  const slip = await Slip.query(server.db).findOne({ manager_id: office.manager.id, payer_id: payer.id });
  return { token, slipId: slip!.id };
}

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
  done = await office.import(file);
  expect((await publish(done.id)).status).toBe(200);
});

describe('taking a run back', () => {
  it('makes it a draft that no resident sees, and keeps who did it when and why', async () => {
    const { token, slipId } = await resident();
    const { status, body } = await withdraw(done.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'withdrawn',
      runs: [{ state: 'draft', slips: 2 }],
      withdrawal: { reason: 'Napačna voda.', by: expect.stringMatching(/ /) as string },
    });
    expect((await server.api(listSlips, { token })).body.items).toEqual([]);
    expect((await server.api(getSlip, { token, params: { id: slipId } })).problem.code).toBe('not_found');
    const entry = (await trailOf(server.services, office.manager.id)).at(-1);
    expect(entry).toMatchObject({ action: 'import.withdrawn', actorId: office.clerk.account.id, subjectId: done.id });
  });

  it('takes back the mails that have not left, and those that are not written', async () => {
    await writeMails();
    expect(await mails()).toMatchObject([{ kind: 'slip-pdf', importId: done.id, state: 'waiting' }]);
    expect((await withdraw(done.id)).status).toBe(200);
    expect(await mails()).toEqual([]);
    await publish(done.id);
    expect((await withdraw(done.id)).status).toBe(200);
    await writeMails();
    expect(await mails()).toEqual([]);
  });

  it('can be published again, with its mails, or thrown away', async () => {
    await writeMails();
    await withdraw(done.id);
    expect((await publish(done.id)).body).toMatchObject({
      state: 'published',
      withdrawal: { reason: 'Napačna voda.' },
    });
    await writeMails();
    expect(await mails()).toHaveLength(1);
    await withdraw(done.id);
    const gone = await server.api(discardImport, { token: office.token, params: { id: done.id } });
    expect(gone.body).toMatchObject({ state: 'discarded', runs: [] });
    expect(await server.db('slips').where({ manager_id: office.manager.id })).toEqual([]);
  });

  it('leaves its slips to a better file', async () => {
    await withdraw(done.id);
    const better = await office.import(
      file.replaceAll('8,42', '9,42').replaceAll('6,90', '7,90').replaceAll('26,9000', '6,9000'),
    );
    expect(better).toMatchObject({ state: 'draft', replacedSlips: 2 });
    expect(await office.get(done.id)).toMatchObject({ state: 'replaced' });
  });
});

describe('a run that cannot be taken back', () => {
  const refused = async (opened: number) => {
    const answer = await withdraw(done.id);
    expect(answer.problem).toMatchObject({ code: 'run_opened', status: 409, opened });
    expect(await runStates()).toEqual(['published']);
    expect(await office.get(done.id)).toMatchObject({ state: 'published', withdrawal: null });
  };

  it('is one of which a resident has opened a slip', async () => {
    const { token, slipId } = await resident();
    await server.api(getSlip, { token, params: { id: slipId } });
    await writeMails();
    await refused(1);
    expect(await mails()).toHaveLength(1);
  });

  it('is one of which a slip has left by mail, or may be leaving now', async () => {
    await writeMails();
    const now = Date.now();
    await Mail.query(server.db)
      .where({ manager_id: office.manager.id })
      .patch({ tries: 1, nextTryAt: toInstant(new Date(now + 60_000)) });
    await refused(1);
    await Mail.query(server.db).where({ manager_id: office.manager.id }).patch({ state: 'sent' });
    await refused(1);
  });

  it('is one of which a slip left by mail so long ago that the mail is forgotten', async () => {
    await writeMails();
    const transport = { send: () => Promise.resolve(), close: () => undefined };
    await createSender({ ...server.services, random: () => 0, transport, attachmentsOf: nothingAttached }).sendDue();
    expect(await mails()).toMatchObject([{ state: 'sent' }]);
    const where = { manager_id: office.manager.id };
    expect(
      await Slip.query(server.db).where(where).whereNotNull('mailed_at').whereNull('first_opened_at'),
    ).toHaveLength(1);
    await forgetOldMails(server.db, later(server.services.clock(), 100 * days));
    expect(await mails()).toEqual([]);
    expect((await preview()).body).toMatchObject({ opened: 1 });
    await refused(1);
  });

  it('is not published, or another office’s', async () => {
    const other = await createOffice(server);
    expect((await preview(other.token)).problem.code).toBe('not_found');
    const asked = { params: { id: done.id }, body: { reason: 'x' } };
    expect((await server.api(withdrawImport, { ...asked, token: other.token })).problem.code).toBe('not_found');
    await withdraw(done.id);
    expect((await preview()).problem.code).toBe('import_state');
    expect((await withdraw(done.id)).problem.code).toBe('import_state');
    expect((await withdraw(done.id, ' ')).problem.code).toBe('invalid_request');
  });
});

describe('before a run is taken back', () => {
  it('the office hears what of it is out on paper, with another program, or perhaps by mail', async () => {
    expect((await preview()).body).toEqual({ opened: 0, triedMails: 0, printed: 0, exported: 0 });
    await writeMails();
    const { token } = office;
    const runId = done.runs[0]!.id;
    const order = { selection: { runId }, form: 'zip' } as const;
    for (let copy = 0; copy < 2; copy += 1) {
      expect((await server.api(createPrintRun, { token, body: order })).status).toBe(200);
      await server.services.printJobs.settled();
    }
    await Payer.query(server.db).where({ manager_id: office.manager.id, code: '104218' }).patch({ channel: 'bank' });
    for (const channel of ['bank', 'bank', 'bizbox'] as const) {
      expect((await server.api(exportEInvoices, { token, params: { id: runId }, query: { channel } })).status).toBe(
        200,
      );
    }
    expect((await preview()).body).toEqual({ opened: 0, triedMails: 0, printed: 4, exported: 1 });
    await Mail.query(server.db).where({ manager_id: office.manager.id }).patch({ tries: 3, state: 'failed' });
    expect((await preview()).body).toEqual({ opened: 0, triedMails: 1, printed: 4, exported: 1 });
    expect((await withdraw(done.id)).status).toBe(200);
  });
});

describe('at the same moment', () => {
  it('either a resident opens the slip or the run is taken back', async () => {
    const { token, slipId } = await resident();
    for (let round = 0; round < 6; round += 1) {
      const [opening, taking] = await Promise.all([
        server.api(getSlip, { token, params: { id: slipId } }),
        withdraw(done.id),
      ]);
      const isOpen = opening.status === 200;
      expect(taking.status).toBe(isOpen ? 409 : 200);
      expect(await runStates()).toEqual([isOpen ? 'published' : 'draft']);
      if (isOpen) return;
      await publish(done.id);
    }
  });

  it('two people take it back or publish it again, and one is told', async () => {
    const both = await Promise.all([withdraw(done.id), withdraw(done.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const mixed = await Promise.all([publish(done.id), publish(done.id)]);
    expect(mixed.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [published, taken] = await Promise.all([publish(done.id), withdraw(done.id)]);
    expect(published.problem.code).toBe('import_state');
    expect(taken.status).toBe(200);
    expect(await server.db('slip_mailings').where({ import_id: done.id })).toEqual([]);
  });

  it('mails are being written: none of them is left', async () => {
    await Promise.all([writeMails(), withdraw(done.id)]);
    expect(await runStates()).toEqual(['draft']);
    expect(await mails()).toEqual([]);
  });
});
