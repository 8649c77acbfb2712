import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSlip, getSlipPdf, listSlips } from '../../contract/slips.ts';
import { createLogger } from '../../server/logger.ts';
import { parseUpnStrictly } from '../../server/payments/upn-qr.ts';
import { createManager, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { readSymbols } from '../helpers/read-symbol.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import {
  createItem,
  createPaymentOrder,
  createRun,
  createSlip,
  createUnit,
  createWholeSlip,
} from '../helpers/slip-factories.ts';
import { drawPath } from '../helpers/symbol-path.ts';

let server: TestServer;
let managerId: string;

beforeAll(async () => {
  server = await startTestServer();
  managerId = (await createManager(server.db, { name: 'Upravnik Čadež d.o.o.' })).id;
});

afterAll(() => server.close());

const resident = async (...given: Parameters<typeof createPayer>[2][]) => {
  const payers = await Promise.all(
    (given.length > 0 ? given : [{}]).map((one) => createPayer(server.db, managerId, one)),
  );
  const { token } = await createResident(server.db, ...payers);
  return { payers, payer: payers[0]!, token };
};

const textOf = (pdf: Buffer): string => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();

describe('GET /slips', () => {
  it('gives the own published slips, the newest period first', async () => {
    const { payer, token } = await resident();
    for (const period of ['2026-08', '2026-10', '2026-09']) await createSlip(server.db, payer, { period });
    const { status, body } = await server.api(listSlips, { token });
    expect(status).toBe(200);
    expect(body.items.map(({ period }) => period)).toEqual(['2026-10', '2026-09', '2026-08']);
    expect(body.items[0]).toMatchObject({ managerId, managerName: 'Upravnik Čadež d.o.o.', payerCode: payer.code });
    expect(body.nextCursor).toBeNull();
  });

  it('gives none of a draft and none of another payer', async () => {
    const { payer, token } = await resident();
    const other = await createPayer(server.db, managerId);
    const draft = await createRun(server.db, managerId, { state: 'draft' });
    await createSlip(server.db, payer, { runId: draft.id });
    await createSlip(server.db, other);
    expect((await server.api(listSlips, { token })).body.items).toEqual([]);
  });

  it('goes through all pages without losing or repeating a slip, also of one period', async () => {
    const { payer, token } = await resident();
    const run = await createRun(server.db, managerId);
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await createSlip(server.db, payer, { runId: run.id })).id);
    made.push((await createSlip(server.db, payer, { period: '2026-09' })).id);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { body } = await server.api(listSlips, { token, query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect([...seen].sort()).toEqual([...made].sort());
    expect(seen.at(-1)).toBe(made.at(-1));
  });

  it('asks the database twice: who is asking, and the page, of all their payers together', async () => {
    const { payers, token } = await resident({}, {}, {});
    for (const payer of payers) await createSlip(server.db, payer);
    const queries: string[] = [];
    server.db.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    const { body } = await server.api(listSlips, { token });
    server.db.removeAllListeners('query');
    expect(body.items).toHaveLength(3);
    expect(queries).toHaveLength(2);
    expect(queries[0]).toContain('from sessions');
  });

  it.each(['abc', '["č","č"]', '["2026-10"]', '["2026-10","\\u0000"]'])('refuses the forged cursor %s', async (key) => {
    const { token } = await resident();
    const cursor = Buffer.from(key).toString('base64url');
    const { status, problem } = await server.api(listSlips, { token, query: { cursor } });
    expect([status, problem.code]).toEqual([400, 'invalid_request']);
  });

  it('keeps to one payer when asked, and to nobody else even when asked for them', async () => {
    const { payers, token } = await resident({}, {});
    const [first, second] = payers;
    await createSlip(server.db, first!);
    const wanted = await createSlip(server.db, second!);
    const stranger = await createPayer(server.db, managerId);
    await createSlip(server.db, stranger);
    const ask = async (payerId: string) =>
      (await server.api(listSlips, { token, query: { payerId } })).body.items.map(({ id }) => id);
    expect(await ask(second!.id)).toEqual([wanted.id]);
    expect(await ask(stranger.id)).toEqual([]);
  });

  it('is for residents', async () => {
    const { token } = await createStaff(server.db, managerId);
    expect((await server.api(listSlips, { token })).problem.code).toBe('forbidden');
    expect((await server.api(listSlips)).problem.code).toBe('not_signed_in');
  });
});

describe('GET /slips/{id}', () => {
  it('gives the items by unit with subtotals, and VAT by rate', async () => {
    const { payer, token } = await resident();
    const slip = await createSlip(server.db, payer, { totalCents: 4_270 });
    const flat = await createUnit(server.db, managerId);
    const garage = await createUnit(server.db, managerId, { kind: 'garage', name: 'G7', areaM2: null, persons: null });
    const taxed = { baseCents: 1_000, vatRate: '22.00', vatCents: 220, amountCents: 1_220 };
    await createItem(server.db, slip, flat, { ...taxed, position: 1, quantity: '12.50', measure: 'm2', price: '0.8' });
    await createItem(server.db, slip, garage, {
      ...taxed,
      position: 2,
      vatRate: '9.5',
      vatCents: 95,
      amountCents: 1_095,
    });
    await createItem(server.db, slip, flat, { ...taxed, position: 3, vatRate: '22' });
    await createItem(server.db, slip, garage, { position: 4, amountCents: 735 });
    const { status, body } = await server.api(getSlip, { token, params: { id: slip.id } });
    expect(status).toBe(200);
    expect(body.units.map(({ unit, items, subtotalCents }) => [unit, items.length, subtotalCents])).toEqual([
      ['12', 2, 2_440],
      ['G7', 2, 1_830],
    ]);
    expect(body.units[0]?.items[0]).toMatchObject({
      quantity: '12.50',
      measure: 'm2',
      price: '0.8',
      amountCents: 1_220,
    });
    expect(body.vat).toEqual([
      { rate: '9.5', baseCents: 1_000, vatCents: 95 },
      { rate: '22', baseCents: 2_000, vatCents: 440 },
    ]);
  });

  it('names the manager as recipient and carries a code that says the same', async () => {
    const { payer, token } = await resident({ name: 'Žan Đukić' });
    const slip = await createWholeSlip(server.db, payer, { dueDate: '2026-11-30' });
    const { body } = await server.api(getSlip, { token, params: { id: slip.id } });
    const [order] = body.paymentOrders;
    expect(order).toMatchObject({ recipientName: 'Upravnik Čadež d.o.o.', amountCents: 12_345, dueDate: '2026-11-30' });
    const [symbol] = await readSymbols(drawPath(order?.qrPath ?? ''));
    expect(symbol).toMatchObject({ version: '15', level: 'M', eci: '000004', segments: ['byte'] });
    const payload = parseUpnStrictly(symbol?.text ?? '');
    expect(payload).toMatchObject({
      ok: true,
      fields: { payerName: 'Žan Đukić', amount: '00000012345', dueDate: '30.11.2026', name: 'Upravnik Čadež d.o.o.' },
    });
  });

  it.each([
    ['without an e-invoice channel', { channel: 'none' as const }, 12_345],
    ['where nothing is to be paid', {}, 0],
    ['where the amount is in favour of the payer', {}, -500],
  ])('has no code %s', async (_, given, amountCents) => {
    const { payer, token } = await resident(given);
    const slip = await createSlip(server.db, payer);
    await createPaymentOrder(server.db, slip, { amountCents });
    const { body } = await server.api(getSlip, { token, params: { id: slip.id } });
    expect(body.paymentOrders).toEqual([expect.objectContaining({ amountCents, qrPath: null })]);
  });

  it("is not found when it is somebody else's, a draft, or nowhere", async () => {
    const { payer, token } = await resident();
    const other = await createWholeSlip(server.db, await createPayer(server.db, managerId));
    const draft = await createRun(server.db, managerId, { state: 'draft' });
    const unpublished = await createSlip(server.db, payer, { runId: draft.id });
    for (const id of [other.id, unpublished.id, 'f'.repeat(32)]) {
      for (const operation of [getSlip, getSlipPdf] as const) {
        const { status, problem } = await server.api(operation, { token, params: { id } });
        expect([status, problem.code]).toEqual([404, 'not_found']);
      }
    }
  });

  it('is no longer found once the office has taken the payer away', async () => {
    const { payer, token } = await resident({}, {});
    const slip = await createWholeSlip(server.db, payer);
    await server.db('payer_accounts').where({ payer_id: payer.id }).delete();
    expect((await server.api(getSlip, { token, params: { id: slip.id } })).status).toBe(404);
  });
});

describe('GET /slips/{id}/pdf', () => {
  it('gives the slip as a PDF with a name that every disk takes', async () => {
    const { payer, token } = await resident();
    const slip = await createWholeSlip(server.db, payer, { number: 'Č-17/26 "a"' });
    const { status, headers, bytes } = await server.api(getSlipPdf, { token, params: { id: slip.id } });
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('application/pdf');
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="razdelilnik-2026-10-C-17-26-a.pdf"');
    expect(textOf(bytes)).toMatch(/Upravnik Čadež d\.o\.o\.[^]*Žiga Ščuka[^]*Čiščenje skupnih prostorov[^]*123,45/);
  });

  it('is refused without an e-invoice channel', async () => {
    const { payer, token } = await resident({ channel: 'none' });
    const slip = await createWholeSlip(server.db, payer);
    const { status, problem } = await server.api(getSlipPdf, { token, params: { id: slip.id } });
    expect([status, problem.code]).toEqual([403, 'e_invoice_required']);
  });
});

describe('an order that a code cannot say', () => {
  it('is shown without a code, and the log says why', async () => {
    const lines: string[] = [];
    const logger = createLogger('error', { write: (line) => lines.push(line) });
    const own = await startTestServer({ services: { logger } });
    const { id } = await createManager(own.db);
    const payer = await createPayer(own.db, id);
    const { token } = await createResident(own.db, payer);
    const slip = await createSlip(own.db, payer);
    await createPaymentOrder(own.db, slip, { reference: 'SI12123' });
    const { status, body } = await own.api(getSlip, { token, params: { id: slip.id } });
    await own.close();
    expect([status, body.paymentOrders[0]?.qrPath]).toEqual([200, null]);
    expect(lines.join('\n')).toContain('payment order without a UPN QR code');
  });
});
