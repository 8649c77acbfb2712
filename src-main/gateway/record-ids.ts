import { operations } from '../../contract/api.ts';
import { isBinary } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { fetchedAhead } from '../../contract/slips.ts';
import type { RecordId } from '../cache/offline-cache.ts';

export interface Question {
  readonly operation: Endpoint;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: URLSearchParams | undefined;
}

/**
 * What the answer to a question is kept under. The same question asked in another order of parameters, or ahead of its
 * time, is the same record.
 */
export function recordOf({ operation, params = {}, query }: Question): RecordId {
  const sorted = new URLSearchParams([...(query ?? [])].filter(([name]) => name !== fetchedAhead));
  sorted.sort();
  const names = Object.keys(params).sort();
  const name = JSON.stringify([operation.id, names.map((each) => [each, params[each]]), sorted.toString()]);
  return { kind: isBinary(operation.response) ? 'document' : 'answer', name };
}

/** The record of a thing and of what lies below it: with a slip its PDF goes too. */
export function recordsWith(question: Question): RecordId[] {
  const { operation, params = {} } = question;
  const isBelow = ({ offline, path }: Endpoint) => offline && path.startsWith(`${operation.path}/`);
  const below = Object.keys(params).length ? operations.filter(isBelow) : [];
  return [recordOf(question), ...below.map((each) => recordOf({ operation: each, params }))];
}
