import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import type { Who } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import type { SlipPasswordBatch } from '../../models/slip-password-batch.ts';
import {
  type BatchRequest,
  finishBatch,
  issued,
  type IssueServices,
  openBatch,
  type OpenBatch,
  type Recipient,
} from './issue-batch.ts';
import { findRecipients } from './recipients.ts';
import { sweepBatches, voidBatch } from './void-batch.ts';

/** A batch that was issued: the passwords themselves live here alone, until they have been shown. */
export interface IssuedBatch {
  readonly managerId: string;
  readonly batchId: string;
  readonly expiresAt: Date;
  readonly passwords: readonly Recipient[];
}

export interface IssueRequest {
  readonly managerId: string;
  readonly who: Who;
  readonly order: SlipPasswordOrder;
  /** Letters are in the order in which they are carried. */
  readonly form: 'list' | 'letters';
}

function whomOf(order: SlipPasswordOrder): SlipPasswordBatch['whom'] {
  if ('payerIds' in order) return 'payers';
  if ('buildingIds' in order) return 'buildings';
  return 'runId' in order ? 'run' : 'all';
}

const nobodyFits = () => new ApiError('invalid_request', { fields: [{ path: '', rule: 'empty' }] });

/**
 * Settles whom a batch is for. Nothing is issued yet.
 * @param most more than so many are not acceptable in the form that was asked for
 * @throws not_found, not_acceptable; payer_taken when all chosen payers have an account, invalid_request when nobody
 * else fits
 */
export async function planBatch(
  services: IssueServices,
  { managerId, who, order, form }: IssueRequest,
  most = Number.MAX_SAFE_INTEGER,
): Promise<BatchRequest> {
  const { db, clock } = services;
  await sweepBatches(services, managerId);
  const sorted = form === 'letters' ? 'postal' : 'code';
  const found = await findRecipients(db, { managerId, order, sorted, now: toInstant(clock()) });
  if (found.issues > most) throw new ApiError('not_acceptable');
  if (found.issues === 0 && 'payerIds' in order && found.withAccount > 0) throw new ApiError('payer_taken');
  if (found.issues === 0) throw nobodyFits();
  const { onlyWithoutValid } = order;
  return { managerId, who, form, whom: whomOf(order), payerIds: found.payerIds, onlyWithoutValid };
}

async function collected(services: IssueServices, batch: OpenBatch, together?: number): Promise<IssuedBatch> {
  const passwords: Recipient[] = [];
  try {
    for await (const recipients of issued(services, batch, together)) passwords.push(...recipients);
    await finishBatch(services.db, batch);
  } catch (error) {
    await voidBatch(services, batch, { state: 'broken', who: batch.who });
    throw error;
  }
  const { managerId, batchId, expiresAt } = batch;
  return { managerId, batchId, expiresAt, passwords };
}

/**
 * Issues slip passwords that are shown together, all or none, and voids the earlier ones of the same payers. Committed
 * before anybody sees them: an answer that gets lost on its way means that they have to be issued again.
 * @throws payer_taken, invalid_request: as planBatch, when it has become so since
 */
export async function issueList(services: IssueServices, request: BatchRequest): Promise<IssuedBatch> {
  const batch = await collected(services, await openBatch(services, request), request.payerIds.length);
  if (batch.passwords.length > 0) return batch;
  if (request.onlyWithoutValid) throw nobodyFits();
  throw new ApiError('payer_taken');
}

/** Issues to those of many payers who have no account when their turn comes: what is printed on their slips. */
export async function issueForSlips(
  services: IssueServices,
  request: Pick<BatchRequest, 'managerId' | 'who' | 'payerIds'>,
): Promise<IssuedBatch> {
  return collected(services, await openBatch(services, { ...request, form: 'slips', whom: 'run' }));
}
