import { Writable } from 'node:stream';
import { createPrintRun, type PrintOrder, printRunHeader } from '../../contract/print-runs.ts';
import { pathOf } from '../../contract/endpoint.ts';
import { createLogger } from '../../server/logger.ts';
import type { BillingRun } from '../../server/models/billing-run.ts';
import { Building } from '../../server/models/building.ts';
import type { Payer } from '../../server/models/payer.ts';
import { PrintRun } from '../../server/models/print-run.ts';
import { createManager, createPayer, createStaff, type Given } from './factories.ts';
import { pdfPages } from './read-pdf.ts';
import type { TestServer } from './server.ts';
import { createItem, createPaymentOrder, createRun, createSlip, createUnit } from './slip-factories.ts';

/** A manager with a run, an admin and a clerk. */
export async function createPrintOffice(server: TestServer, given: Given<BillingRun> = {}) {
  const { db } = server;
  const manager = await createManager(db);
  const run = await createRun(db, manager.id, given);
  const admin = await createStaff(db, manager.id, 'admin');
  const clerk = await createStaff(db, manager.id, 'clerk');
  const unit = await createUnit(db, manager.id);

  const slipOf = async (payer: Payer, number: string, of = unit, runId = run.id) => {
    const slip = await createSlip(db, payer, { runId, number });
    await createItem(db, slip, of);
    await createPaymentOrder(db, slip);
    return slip;
  };

  return {
    ...{ manager, run, unit, admin, clerk, slipOf },
    /** A payer with a slip of the run. */
    payer: async (payerGiven: Given<Payer> = {}, of = unit): Promise<Payer> => {
      const payer = await createPayer(db, manager.id, payerGiven);
      await slipOf(payer, `R-${payer.code}`, of);
      return payer;
    },
    building: async (name: string) => {
      const inIt = await createUnit(db, manager.id);
      await Building.query(db).findById([manager.id, inIt.buildingId]).patch({ name });
      return inIt;
    },
    print: (order: Partial<PrintOrder> = {}, token = admin.token) =>
      server.api(createPrintRun, { token, body: { selection: { runId: run.id }, form: 'pdf', ...order } }),
    /** The answer while it comes. */
    open: (order: Partial<PrintOrder> = {}, signal?: AbortSignal, token = admin.token) =>
      fetch(server.url + pathOf(createPrintRun), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ selection: { runId: run.id }, form: 'pdf', ...order }),
        signal: signal ?? null,
      }),
  };
}

export type PrintOffice = Awaited<ReturnType<typeof createPrintOffice>>;

export const printRunOf = async ({ db, services }: TestServer, headers: Headers): Promise<PrintRun> => {
  const id = headers.get(printRunHeader)!;
  await services.printJobs.ended(id);
  return PrintRun.query(db).findOne({ id }).throwIfNotFound();
};

/** The numbers of the slips of the factories above, page by page. */
export const numbersIn = (pdf: Buffer): string[] => pdfPages(pdf).map((page) => /R-[\w-]+/.exec(page)?.[0] ?? '');

/** A logger whose lines the test can read. */
export function readableLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: createLogger('trace', destination), lines };
}
