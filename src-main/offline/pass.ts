import type { Endpoint, ResponseOf } from '../../contract/endpoint.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { getPortal } from '../../contract/portal.ts';
import { getSession } from '../../contract/session.ts';
import { fetchedAhead, getSlip, getSlipPdf, listSlips, slipsAtOnce, slipSchema } from '../../contract/slips.ts';
import type { Slip, SlipSummary } from '../../contract/slips.ts';
import type { OfflineCache, RecordId } from '../cache/offline-cache.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { GatewayRequest } from '../gateway/gateway-answer.ts';
import type { PortalAnswer } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import { recordOf } from '../gateway/record-ids.ts';

/** How far a pass is, in slips. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface PassDeps {
  readonly gateway: Pick<Gateway, 'fetchAhead'>;
  readonly cache: OfflineCache;
  /** Waits before each question until it may be asked; fails when the pass is to end. */
  readonly mayAsk: () => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
  readonly clock: () => Date;
}

const months = 24;
const usualPdfBytes = 100_000;
/** What is older is asked for again: the channel or what is still owed may have changed. A PDF does not change. */
const freshMs = 30 * 24 * 60 * 60 * 1000;
/** Against a list that never ends. */
const mostPages = 100;

/** These are an answer: there is nothing to be kept. */
const nothingThere: readonly ErrorCode[] = ['not_found', 'forbidden', 'e_invoice_required', 'document_failed'];

/**
 * Fetches what a resident may want to see without a connection and is not kept yet, the newest first: the lists, the
 * slips of the last 24 months, their PDFs. Afterwards nothing is kept that the portal no longer lists.
 * Answers null for who is no resident. Fails as the gateway does, and when `mayAsk` does.
 */
export async function fetchEverything(deps: PassDeps): Promise<Progress | null> {
  const { cache, clock, onProgress } = deps;
  const begun = cache.turn();
  const session = await ask(deps, { operation: getSession });
  if (!session || session.payers.length === 0) return null;
  await ask(deps, { operation: getPortal });
  const lists = await fetchLists(
    deps,
    session.payers.map(({ id }) => id),
  );
  const since = monthsBefore(clock(), months);
  const wanted = lists.slips.filter(({ period }) => period >= since);
  const progress = { done: 0, total: wanted.length };
  onProgress({ ...progress });
  for (const summary of wanted) {
    await fetchSlip(deps, summary);
    progress.done++;
    onProgress({ ...progress });
  }
  const ofSlips = lists.slips.flatMap(({ id }) => [getSlip, getSlipPdf].map((operation) => ofSlip(operation, id)));
  const others = [getSession, getPortal].map((operation) => ({ operation }));
  await cache.keepOnly([...[...others, ...ofSlips].map(recordOf), ...lists.records], begun);
  return progress;
}

const ofSlip = (operation: Endpoint, id: string) => ({ operation, params: { id } });

/** `2024-11`: the oldest month that still counts in `2026-11` with 24. */
function monthsBefore(now: Date, count: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7);
}

/** What the portal answers now; null where it says that there is nothing. */
async function fetchAnswer({ gateway, mayAsk }: PassDeps, request: GatewayRequest, rank?: Date) {
  await mayAsk();
  const answer = await gateway.fetchAhead(request, rank);
  if (!answer.problem) return answer;
  if (nothingThere.includes(answer.problem.code)) return null;
  throw new ProblemError(answer.problem);
}

function parsed<E extends Endpoint>({ response }: E, { body }: Pick<PortalAnswer, 'body'>): ResponseOf<E> {
  try {
    return (response as typeof slipSchema).parse(JSON.parse(new TextDecoder().decode(body))) as ResponseOf<E>;
  } catch (cause) {
    throw new ProblemError('not_a_portal', { cause });
  }
}

async function ask<E extends Endpoint>(deps: PassDeps, request: GatewayRequest & { operation: E }) {
  const answer = await fetchAnswer(deps, request);
  return answer && parsed(request.operation, answer);
}

/** The lists as the window asks for them: of all payers, and of each where there is a choice. */
async function fetchLists(deps: PassDeps, payerIds: readonly string[]) {
  const records: RecordId[] = [];
  const slips: SlipSummary[] = [];
  for (const payerId of [null, ...(payerIds.length > 1 ? payerIds : [])]) {
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page++) {
      const query = new URLSearchParams({ limit: String(slipsAtOnce), ...(payerId && { payerId }) });
      if (cursor !== null) query.set('cursor', cursor);
      const request = { operation: listSlips, query };
      const answer = await ask(deps, request);
      if (!answer) break;
      records.push(recordOf(request));
      if (payerId === null) slips.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
  }
  return { records, slips };
}

/** The slip and, where there is one, its PDF: what is missing, damaged, old or replaced. */
async function fetchSlip(deps: PassDeps, summary: SlipSummary): Promise<void> {
  const { cache } = deps;
  const query = new URLSearchParams({ [fetchedAhead]: '1' });
  const kept = await keptSlip(deps, summary);
  const slip = kept.slip ?? (await ask(deps, { operation: getSlip, params: { id: summary.id }, query }));
  if (!slip) return;
  const pdf = ofSlip(getSlipPdf, summary.id);
  if (slip.channel === 'none') return await cache.remove(recordOf(pdf));
  const rank = new Date(summary.issueDate);
  const isThere = !kept.isReplaced && (await cache.read(recordOf(pdf))) !== null;
  if (isThere || !(await cache.wouldKeep(rank, usualPdfBytes))) return;
  await fetchAnswer(deps, { ...pdf, query }, rank);
}

const compared = ['number', 'period', 'issueDate', 'dueDate', 'totalCents', 'channel'] as const;

/** The slip as it is kept, when that is not too long ago; and whether the list says something else of it. */
async function keptSlip({ cache, clock }: PassDeps, summary: SlipSummary) {
  const record = await cache.read(recordOf(ofSlip(getSlip, summary.id)));
  const known = record ? slipSchema.safeParse(JSON.parse(new TextDecoder().decode(record.body))) : null;
  if (!record || !known?.success) return { slip: null, isReplaced: false };
  const slip: Slip = known.data;
  const isReplaced = compared.some((part) => slip[part] !== summary[part]);
  const age = clock().getTime() - new Date(record.savedAt).getTime();
  // Kept in the future: the clock was put back.
  const isFresh = age >= 0 && age <= freshMs;
  return { slip: isFresh && !isReplaced ? slip : null, isReplaced };
}
