import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { printOrderSchema, PrintSelection } from '../../../contract/print-runs.ts';
import type { Who } from '../../audit/who.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { Manager } from '../../models/manager.ts';
import { PrintRun } from '../../models/print-run.ts';
import type { Services } from '../../services.ts';
import { issueForSlips } from '../slip-passwords/slip-passwords.service.ts';
import { findRun } from '../runs/runs.queries.ts';
import { printFile } from './print-files.ts';
import type { PrintProgress } from './print-jobs.ts';
import { assertPrintable } from './print-runs.policy.ts';
import { type SelectedSlips, selectSlips } from './print-selection.ts';
import { type BoxOf, boxesOf, noBoxes } from './registration-boxes.ts';

export type Ordered = z.output<typeof printOrderSchema>;

export interface PrintRequest {
  readonly managerId: string;
  readonly who: Who;
  readonly order: Ordered;
}

export interface Printed {
  readonly printRunId: string;
  readonly fileName: string;
  readonly body: Readable;
}

interface Settled extends PrintRequest {
  readonly printRunId: string;
  readonly run: BillingRun;
  readonly selected: SelectedSlips;
  readonly createdAt: Date;
}

/** Writes the print run down. @throws print_running when the account is at another one, by the database's own word */
async function recordPrintRun({ audit, db }: Services, settled: Settled): Promise<void> {
  const { managerId, who, order, printRunId, run, selected, createdAt } = settled;
  const now = toInstant(createdAt);
  const slips = selected.slipIds.length;
  await transaction(db, async (trx) => {
    await PrintRun.query(trx).insert({
      ...{ managerId, id: printRunId, runId: run.id, period: run.period, form: order.form },
      ...{ slipPasswords: order.slipPasswords, selection: JSON.stringify(order.selection) },
      ...{ state: 'running', isRunning: 1, slips, slipsDone: 0, createdBy: who.actorId },
      ...{ createdAt: now, heartbeatAt: now },
    });
    await audit.record(trx, {
      ...{ action: 'print_run.started', managerId, ...who, subject: { kind: 'print_run', id: printRunId } },
      details: { runId: run.id, form: order.form, slips, issues: order.slipPasswords },
    });
  });
}

/** Issues what is printed into the boxes, to the payers who have no account when it is issued. */
async function issueBoxes(services: Services, { managerId, who, printRunId, selected }: Settled): Promise<BoxOf> {
  if (selected.withoutAccount.length === 0) return noBoxes;
  const batch = await issueForSlips(services, { managerId, who, payerIds: selected.withoutAccount });
  await PrintRun.query(services.db).findById([managerId, printRunId]).patch({ batchId: batch.batchId });
  return boxesOf(services, batch);
}

async function makeFile(services: Services, settled: Settled, progress: PrintProgress): Promise<Readable> {
  const { managerId, order, run, selected, createdAt } = settled;
  const manager = await Manager.query(services.db).findById(managerId).throwIfNotFound();
  const boxOf = order.slipPasswords ? await issueBoxes(services, settled) : noBoxes;
  return printFile(services, {
    ...{ ...progress, managerId, managerName: manager.name, period: run.period, form: order.form },
    ...{ bothSides: order.bothSides, createdAt, slipIds: selected.slipIds, boxOf },
  });
}

/** @throws invalid_request when nothing fits */
async function selectSome({ db }: Services, managerId: string, selection: PrintSelection): Promise<SelectedSlips> {
  const selected = await selectSlips(db, managerId, selection);
  if (selected.slipIds.length > 0) return selected;
  throw new ApiError('invalid_request', { fields: [{ path: 'selection', rule: 'empty' }] });
}

/**
 * Begins to send the slips of a selection. Slip passwords are issued before the first page: when the file then does not
 * arrive, they are lost and have to be issued again.
 * @throws not_found, run_draft, print_running, rate_limited, invalid_request when the selection is empty
 */
export async function createPrintRun(services: Services, request: PrintRequest): Promise<Printed> {
  const { managerId, order } = request;
  const { clock, db, printJobs } = services;
  const run = await findRun(db, [managerId], order.selection.runId);
  assertPrintable(run, order);
  await printJobs.settled();
  printJobs.assertRoom();
  await printJobs.sweep();
  const selected = await selectSome(services, managerId, order.selection);
  const settled = { ...request, run, selected, printRunId: newId(), createdAt: clock() };
  await recordPrintRun(services, settled);
  const { printRunId } = settled;
  const body = await printJobs.send({ managerId, printRunId }, (progress) => makeFile(services, settled, progress));
  return { printRunId, body, fileName: `razdelilniki-${run.period}.${order.form}` };
}
