import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getSlip } from '../../contract/slips.ts';
import type { Actor } from '../../server/http/actor.ts';
import { nobody } from '../../server/http/actor.ts';
import type { Manager } from '../../server/models/manager.ts';
import type { Payer } from '../../server/models/payer.ts';
import type { Slip } from '../../server/models/slip.ts';
import { documentOf, documentsOf } from '../../server/modules/slips/slip-documents.ts';
import { findOwnSlip } from '../../server/modules/slips/slips.service.ts';
import { createManager, createPayer, createResident } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import {
  createFund,
  createItem,
  createOpenItem,
  createPaymentOrder,
  createRun,
  createSlip,
  createUnit,
  createWholeSlip,
} from '../helpers/slip-factories.ts';

let server: TestServer;
let manager: Manager;
let payer: Payer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  manager = await createManager(server.db, { taxNumber: 'SI12345678', slipNote: 'Uradne ure: torek 8–12.' });
  payer = await createPayer(server.db, manager.id);
});

const actorOf = (...payers: Payer[]): Actor => ({
  ...nobody,
  payers: payers.map(({ managerId, id }) => ({ managerId, payerId: id })),
});

const readDocument = async (actor: Actor, id: string) => documentOf(server.db, await findOwnSlip(server.db, actor, id));

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: { code?: unknown }) => error.code,
  );

/** A slip with all that a slip can have. */
async function createFullSlip(of: Payer, given: Partial<Pick<Slip, 'runId' | 'period' | 'note'>> = {}): Promise<Slip> {
  const { db } = server;
  const slip = await createSlip(db, of, { note: 'Vodo bomo zaprli.', ...given });
  const unit = await createUnit(db, of.managerId);
  await createItem(db, slip, unit);
  await createItem(db, slip, unit, { position: 2, description: 'Rezervni sklad', paymentOrderPosition: 2 });
  await createPaymentOrder(db, slip);
  await createPaymentOrder(db, slip, { position: 2, iban: 'SI56990000011111127', reference: 'SI00104217-202610' });
  await createFund(db, slip, unit);
  await createOpenItem(db, slip, { position: 4, description: 'Zamudne obresti', dueDate: null });
  await createOpenItem(db, slip, { position: 3 });
  return slip;
}

describe('the document of a slip', () => {
  it('says what the portal shows, but for the codes, which it draws itself', async () => {
    const slip = await createFullSlip(payer);
    const { token } = await createResident(server.db, payer);
    const { body } = await server.api(getSlip, { token, params: { id: slip.id } });
    expect(body).toMatchObject({
      manager: { taxNumber: 'SI12345678' },
      funds: [{ openingCents: null, paidInCents: null, spentCents: null, balanceCents: 99_320 }],
      openItems: [
        { description: 'Razdelilnik 9/2026', dueDate: '2026-10-31', amountCents: 4_510 },
        { description: 'Zamudne obresti', dueDate: null, amountCents: 4_510 },
      ],
      notes: ['Uradne ure: torek 8–12.', 'Vodo bomo zaprli.'],
    });
    expect(body.paymentOrders.every(({ qrPath }) => qrPath !== null)).toBe(true);
    const document = await readDocument(actorOf(payer), slip.id);
    const paymentOrders = body.paymentOrders.map((order) => ({ ...order, qrPath: null }));
    expect(document).toEqual({ slip: { ...body, paymentOrders }, logo: null, registration: null, isDraft: false });
    expect(await documentsOf(server.db, manager.id, [slip.id])).toEqual([document]);
  });

  it('leaves out notes that are empty', async () => {
    const { db } = server;
    const quiet = await createPayer(db, (await createManager(db)).id);
    const slip = await createWholeSlip(db, quiet);
    expect((await documentsOf(db, quiet.managerId, [slip.id]))[0]?.slip.notes).toEqual([]);
  });

  it("has the funds of the slip's own buildings, of its own run", async () => {
    const { db } = server;
    const slip = await createSlip(db, payer);
    const [own, second, other] = [
      await createUnit(db, manager.id),
      await createUnit(db, manager.id),
      await createUnit(db, manager.id),
    ];
    await createItem(db, slip, own);
    await createItem(db, slip, second, { position: 2 });
    await createFund(db, slip, own, { balanceCents: 1 });
    await createFund(db, slip, other, { balanceCents: 2 });
    const next = await createSlip(db, payer, { period: '2026-11' });
    await createFund(db, next, own, { balanceCents: 3 });
    await createItem(db, next, other);
    const documents = await documentsOf(db, manager.id, [slip.id, next.id]);
    expect(documents.map(({ slip: { funds } }) => funds.map(({ balanceCents }) => balanceCents))).toEqual([[1], []]);
  });

  it("is not found when it is a draft, somebody else's, or nowhere", async () => {
    const { db } = server;
    const run = await createRun(db, manager.id, { state: 'draft' });
    const draft = await createSlip(db, payer, { runId: run.id });
    const other = await createWholeSlip(db, await createPayer(db, manager.id));
    for (const id of [draft.id, other.id, 'f'.repeat(32)]) {
      expect(await errorOf(readDocument(actorOf(payer), id))).toBe('not_found');
    }
  });
});

describe('the documents of many slips', () => {
  it('come in the order of the ids, each with what is its own, by as few questions as one', async () => {
    const { db } = server;
    const run = await createRun(db, manager.id);
    const slips: Slip[] = [];
    for (let index = 0; index < 5; index += 1) {
      const of = await createPayer(db, manager.id, { code: `P${index}` });
      slips.push(await createFullSlip(of, { runId: run.id, note: `Obvestilo ${index}` }));
    }
    const ids = slips.map(({ id }) => id).reverse();
    const queries: string[] = [];
    db.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    const documents = await documentsOf(db, manager.id, ids);
    db.removeAllListeners('query');
    // The heads, the logo, and items, funds, orders and open items.
    expect(queries).toHaveLength(6);
    expect(documents.map(({ slip }) => slip.id)).toEqual(ids);
    expect(documents.map(({ slip }) => slip.notes[1])).toEqual([4, 3, 2, 1, 0].map((index) => `Obvestilo ${index}`));
    for (const [index, document] of documents.entries()) {
      expect(document).toEqual((await documentsOf(db, manager.id, [ids[index]!]))[0]);
    }
    expect(await documentsOf(db, manager.id, [])).toEqual([]);
  });

  it('say of drafts that they are', async () => {
    const run = await createRun(server.db, manager.id, { state: 'draft' });
    const draft = await createFullSlip(payer, { runId: run.id });
    const published = await createWholeSlip(server.db, payer, { period: '2026-09' });
    const documents = await documentsOf(server.db, manager.id, [draft.id, published.id]);
    expect(documents.map(({ isDraft }) => isDraft)).toEqual([true, false]);
  });

  it("are refused when one of them is another manager's", async () => {
    const own = await createWholeSlip(server.db, payer);
    const { id: elsewhere } = await createManager(server.db);
    const theirs = await createWholeSlip(server.db, await createPayer(server.db, elsewhere));
    expect(await errorOf(documentsOf(server.db, manager.id, [own.id, theirs.id]))).toBe('not_found');
    expect(await errorOf(documentsOf(server.db, elsewhere, [own.id]))).toBe('not_found');
  });
});
