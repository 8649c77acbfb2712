import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removePayer } from '../../../contract/account-payers.ts';
import { deleteAccount, downloadAccountData } from '../../../contract/account.ts';
import { exportAudit } from '../../../contract/audit.ts';
import { exportEInvoices } from '../../../contract/e-invoices.ts';
import { isBinary, type Endpoint } from '../../../contract/endpoint.ts';
import { downloadFaultyRows } from '../../../contract/imports.ts';
import { getLogo } from '../../../contract/manager-settings.ts';
import { getSlipPdfAsOffice } from '../../../contract/office-slips.ts';
import { exportPayers, releasePayer } from '../../../contract/payers.ts';
import { createPrintRun } from '../../../contract/print-runs.ts';
import { createSession, deleteSession } from '../../../contract/session.ts';
import { issueSlipPasswords } from '../../../contract/slip-passwords.ts';
import { downloadSlips, getSlipPdf } from '../../../contract/slips.ts';
import { Payer } from '../../../server/models/payer.ts';
import type { Slip } from '../../../server/models/slip.ts';
import { createManager, createPayer, createStaffRole, createToken, linkPayer } from '../../helpers/factories.ts';
import { allOperations } from '../../helpers/operations.ts';
import { createPerson, createRefused, password, type Person } from '../../helpers/planted.ts';
import { pdfText } from '../../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';
import { createRun, createWholeSlip } from '../../helpers/slip-factories.ts';

/**
 * Opening other people's documents is impossible: whatever gives a PDF, a ZIP or a list of somebody's slips is tried by
 * everybody who should not have it, with every id that they could have come by.
 */
let server: TestServer;
/** Whose documents are tried to be had: a payer with an e-invoice channel, a published slip and one of a draft. */
let managerId: string;
let payer: Payer;
let owner: Person;
let slip: Slip;
let draft: Slip;
/** An import whose faulty rows name the payer. */
let refused: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db } = server;
  await db('rate_limits').del();
  managerId = (await createManager(db)).id;
  payer = await createPayer(db, managerId, { channel: 'email', name: 'SKRIVNOST Ana' });
  owner = await createPerson(server, ({ id }) => linkPayer(db, payer, id));
  slip = await createWholeSlip(db, payer, { number: 'SKRIVNOST-1' });
  refused = await createRefused(db, managerId, 'SKRIVNOST Ana');
  const run = await createRun(db, managerId, { state: 'draft', period: '2026-11' });
  draft = await createWholeSlip(db, payer, { number: 'SKRIVNOST-2', runId: run.id, period: '2026-11' });
});

/** Residents of their own right, so that nothing but whose the document is keeps them out. */
async function createResidentAt(manager: string): Promise<Person> {
  const own = await createPayer(server.db, manager, { channel: 'email' });
  await createWholeSlip(server.db, own, { number: 'LASTEN-1' });
  return createPerson(server, ({ id }) => linkPayer(server.db, own, id));
}

const createStaffAt = (manager: string, role: 'clerk' | 'admin') =>
  createPerson(server, ({ id }) => createStaffRole(server.db, manager, id, role));

/** Who has been the owner, or been signed in, until a moment ago. */
const before: Record<string, () => Promise<string>> = {
  'the office has released the payer from': async () => {
    const clerk = await createStaffAt(managerId, 'clerk');
    const { status } = await server.api(releasePayer, { token: clerk.token, params: { id: payer.id } });
    expect(status).toBe(204);
    return owner.token;
  },
  'has taken the payer off the account': async () => {
    const { token } = owner;
    const { status } = await server.api(removePayer, { token, params: { id: payer.id }, body: { password } });
    expect(status).toBe(200);
    return token;
  },
  'has signed out': async () => {
    expect((await server.api(deleteSession, { token: owner.token })).status).toBe(204);
    return owner.token;
  },
  'is signed in somewhere else': async () => {
    const { email } = owner.account;
    const { status } = await server.api(createSession, { body: { email, password, takeOver: true } });
    expect(status).toBe(201);
    return owner.token;
  },
  'has deleted the account': async () => {
    expect((await server.api(deleteAccount, { token: owner.token, body: { password } })).status).toBe(204);
    return owner.token;
  },
};

/** Everybody else. */
const strangers: Record<string, () => Promise<string | undefined>> = {
  'has never signed in': () => Promise.resolve(undefined),
  'is a resident of the same manager': async () => (await createResidentAt(managerId)).token,
  'is a resident of another manager': async () => (await createResidentAt((await createManager(server.db)).id)).token,
  'is a clerk of another manager': async () =>
    (await createStaffAt((await createManager(server.db)).id, 'clerk')).token,
  'is an admin of another manager': async () =>
    (await createStaffAt((await createManager(server.db)).id, 'admin')).token,
  'is a clerk of another manager and a resident of this one': async () => {
    const person = await createResidentAt(managerId);
    await createStaffRole(server.db, (await createManager(server.db)).id, person.account.id, 'admin');
    return createToken(server.db, person.account.id);
  },
};

/** Also of the own manager's office: it has its own ways to a slip, and a resident's is none of them. */
const office: Record<string, () => Promise<string>> = {
  'is a clerk of the manager': async () => (await createStaffAt(managerId, 'clerk')).token,
  'is an admin of the manager': async () => (await createStaffAt(managerId, 'admin')).token,
};

/** A call of whatever operation, as nobody's client would write it. */
interface Ask {
  readonly operation: Endpoint;
  readonly call: object;
}

/** How a document is asked for: by all ids that somebody could take for it. */
const asks: Record<string, () => Ask[]> = {
  'slips.pdf': () =>
    [slip.id, draft.id, slip.runId, payer.id, managerId, slip.id.toUpperCase(), slip.number, `${slip.id}%00`, '..'].map(
      (id) => ({ operation: getSlipPdf, call: { params: { id } } }),
    ),
  'slips.pdfAsOffice': () =>
    [slip.id, draft.id, slip.runId, payer.id, managerId, slip.id.toUpperCase(), slip.number, `${slip.id}%00`, '..'].map(
      (id) => ({ operation: getSlipPdfAsOffice, call: { params: { id } } }),
    ),
  'slipYears.zip': () =>
    [{}, { payerId: payer.id }, { payerId: payer.id.toUpperCase() }, { payerId: slip.id }, { managerId }].map(
      (query) => ({
        operation: downloadSlips,
        call: { params: { year: '2026' }, query },
      }),
    ),
  'account.downloadData': () =>
    [{}, { accountId: owner.account.id }, { payerId: payer.id }].map((query) => ({
      operation: downloadAccountData,
      call: { query },
    })),
  'printRuns.create': () =>
    [{}, { managerId }].flatMap((query) =>
      [{ runId: slip.runId }, { runId: draft.runId }, { runId: slip.runId, payerIds: [payer.id] }].flatMap(
        (selection) =>
          ['pdf', 'zip'].map((form) => ({ operation: createPrintRun, call: { query, body: { selection, form } } })),
      ),
    ),
  'runs.eInvoices': () =>
    [slip.runId, draft.runId, slip.id].flatMap((id) =>
      [{ channel: 'bank' }, { channel: 'bank', managerId }].map((query) => ({
        operation: exportEInvoices,
        call: { params: { id }, query },
      })),
    ),
  'slipPasswords.issue': () =>
    [{}, { managerId }].flatMap((query) =>
      [{ payerIds: [payer.id] }, { allWithoutAccount: true }, { runId: slip.runId }].flatMap((body) =>
        ['application/pdf', 'text/csv'].map((Accept) => ({
          operation: issueSlipPasswords,
          call: { query, body, headers: { Accept } },
        })),
      ),
    ),
  'audit.export': () =>
    [{}, { managerId }, { payerId: payer.id }, { managerId, actorId: owner.account.id }].map((query) => ({
      operation: exportAudit,
      call: { query },
    })),
  'payers.export': () =>
    [{}, { managerId }, { search: payer.code }, { managerId, search: payer.name }].map((query) => ({
      operation: exportPayers,
      call: { query },
    })),
  'imports.faultyRows': () =>
    [refused, draft.runId, payer.id, refused.toUpperCase(), `${refused}%00`, '..'].map((id) => ({
      operation: downloadFaultyRows,
      call: { params: { id } },
    })),
  // The picture on every slip of the manager: nobody's secret, and the office's alone to fetch.
  'managerSettings.logo': () => [{}, { managerId }].map((query) => ({ operation: getLogo, call: { query } })),
};

/** All that an answer says, whatever it is wrapped in. */
function textIn(bytes: Buffer): string {
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') return pdfText(bytes);
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return bytes.toString('utf8');
  const files = Object.entries(unzipSync(new Uint8Array(bytes)));
  return files.map(([name, content]) => `${name} ${textIn(Buffer.from(content))}`).join('\n');
}

async function tryAll(token: string | undefined, kinds = Object.keys(asks)): Promise<string[]> {
  const had: string[] = [];
  for (const kind of kinds) {
    for (const { operation, call } of asks[kind]!()) {
      const answer = await server.api(operation, { ...call, token });
      const text = textIn(answer.bytes);
      if (/SKRIVNOST/.test(text)) had.push(`${kind}: ${text.slice(0, 200)}`);
      // What is given at all is the asker's own: the data of the account, the slips of the own payer, the log of the own office.
      const isOwn =
        answer.status === 200 &&
        ['account.downloadData', 'slipYears.zip', 'audit.export', 'payers.export'].includes(kind);
      if (!isOwn)
        expect([kind, [400, 401, 403, 404].includes(answer.status), answer.status]).toEqual([
          kind,
          true,
          answer.status,
        ]);
    }
  }
  return had;
}

describe('whatever gives documents', () => {
  it('is tried here', () => {
    const binaries = allOperations.filter(
      ({ response, alternative }) => isBinary(response) || alternative !== undefined,
    );
    expect(binaries.map(({ id }) => id).sort()).toEqual(Object.keys(asks).sort());
  });

  it('gives them to whose they are', async () => {
    const { token } = owner;
    const own = await server.api(getSlipPdf, { token, params: { id: slip.id } });
    expect([own.status, textIn(own.bytes).includes('SKRIVNOST-1')]).toEqual([200, true]);
    const zips = [
      await server.api(downloadSlips, { token, params: { year: 2026 } }),
      await server.api(downloadAccountData, { token }),
    ].map(({ bytes }) => textIn(bytes));
    for (const text of zips) expect(text).toContain('SKRIVNOST-1');
    for (const text of zips) expect(text, 'a draft is nobody’s yet').not.toContain('SKRIVNOST-2');
    const early = await server.api(getSlipPdf, { token, params: { id: draft.id } });
    expect([early.status, early.problem.code]).toEqual([404, 'not_found']);
  });

  it.each(Object.entries(strangers))('gives none to who %s', async (_, who) => {
    expect(await tryAll(await who())).toEqual([]);
  });

  it.each(Object.entries(before))('gives none any more to who %s', async (_, become) => {
    expect(await tryAll(await become())).toEqual([]);
  });

  it.each(Object.entries(before))('gives none to who %s and has other premises', async (_, become) => {
    const other = await createPayer(server.db, managerId, { channel: 'email' });
    await linkPayer(server.db, other, owner.account.id);
    expect(await tryAll(await become())).toEqual([]);
  });

  it.each(Object.entries(office))("gives no resident's documents to who %s", async (_, who) => {
    expect(await tryAll(await who(), ['slips.pdf', 'slipYears.zip', 'account.downloadData'])).toEqual([]);
  });
});

describe('without an e-invoice channel', () => {
  it('there is no PDF, from the moment on that it is gone', async () => {
    const { token } = owner;
    const names = async () => {
      const { bytes } = await server.api(downloadAccountData, { token });
      return Object.keys(unzipSync(new Uint8Array(bytes)));
    };
    expect((await names()).some((name) => name.endsWith('.pdf'))).toBe(true);
    await Payer.query(server.db).findById([managerId, payer.id]).patch({ channel: 'none' });
    const pdf = await server.api(getSlipPdf, { token, params: { id: slip.id } });
    expect([pdf.status, pdf.problem.code]).toEqual([403, 'e_invoice_required']);
    const zip = await server.api(downloadSlips, { token, params: { year: 2026 } });
    expect([zip.status, zip.problem.code]).toEqual([404, 'not_found']);
    expect((await names()).filter((name) => name.endsWith('.pdf'))).toEqual([]);
  });
});

describe('the header of a document', () => {
  it('makes a browser save it, guess nothing and keep nothing', async () => {
    const { token } = owner;
    const answers = [
      await server.api(getSlipPdf, { token, params: { id: slip.id } }),
      await server.api(downloadSlips, { token, params: { year: 2026 } }),
      await server.api(downloadAccountData, { token }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w-]+\.(pdf|zip)"$/);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Cache-Control')).toContain('no-store');
    }
  });
});
