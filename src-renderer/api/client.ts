import axios, { isAxiosError } from 'axios';
import type { AxiosResponse } from 'axios';
import { isBinary, pathOf } from '../../contract/endpoint.ts';
import type { Binary, BodyInput, Endpoint, ParamsInput, QueryInput, ResponseOf } from '../../contract/endpoint.ts';
import { ApiProblem, problemOf, toProblem } from './problem.ts';

/** A part of a request is asked for only where the operation declares one, and may be left out where all of it may. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<string, never> extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

type Input<E extends Endpoint> = Part<'params', ParamsInput<E>> &
  Part<'query', QueryInput<E>> &
  (E['body'] extends Binary ? { file: Blob } : Part<'body', BodyInput<E>>);

type Arguments<E extends Endpoint> = Record<string, never> extends Input<E> ? [input?: Input<E>] : [input: Input<E>];

interface AnyInput {
  readonly params: Record<string, string>;
  readonly query: object;
  readonly body: unknown;
  readonly file: Blob;
}

/** What the rest of the app wants to know of every answer. */
export interface ApiObserver {
  /** `asOf` is the moment of the kept copy when the server could not be reached, null when it answered itself. */
  answered(asOf: string | null): void;
  /** The office is closed to the person, who is an admin since the last answer or has turned the second factor off. */
  secondFactorNeeded(): void;
}

let observer: ApiObserver | null = null;

/** Called once by main.ts. */
export function observeApi(given: ApiObserver): void {
  observer = given;
}

const http = axios.create({ timeout: 60_000, headers: { Accept: 'application/json, application/problem+json' } });

/** Answers that the server did not give itself, with the moment when it did. */
const keptMoments = new WeakMap<object, string>();

/** When an answer was the server's, if it comes from what is kept on this computer; null for a fresh one. */
export const keptSince = (answer: unknown): string | null =>
  typeof answer === 'object' && answer !== null ? (keptMoments.get(answer) ?? null) : null;

/** The gateway's header on an answer from the offline cache. */
const asOfHeader = 'iiportal-as-of';

/**
 * Calls an operation of the contract through the desktop gateway, which adds the session.
 * Fails with an ApiProblem, never with anything else.
 */
export async function call<E extends Endpoint>(operation: E, ...[input]: Arguments<E>): Promise<ResponseOf<E>> {
  const { params, query, body, file } = (input ?? {}) as Partial<AnyInput>;
  try {
    const answer: AxiosResponse<unknown> = await http.request({
      method: operation.method,
      // Without the origin: axios refuses a scheme that it does not know, and app:// is ours.
      url: pathOf(operation, params),
      params: query ?? {},
      data: file ? await file.arrayBuffer() : body,
      headers: file ? { 'Content-Type': file.type } : {},
    });
    const asOf: unknown = answer.headers[asOfHeader];
    return noted(parsed(operation, answer.data), typeof asOf === 'string' ? asOf : null);
  } catch (error) {
    const problem = problemFrom(error);
    if (problem.code === 'second_factor_needed') observer?.secondFactorNeeded();
    throw problem;
  }
}

/** An answer, with what there is to know of where it comes from. */
function noted<T>(given: T, asOf: string | null): T {
  observer?.answered(asOf);
  if (asOf !== null && typeof given === 'object' && given !== null) keptMoments.set(given, asOf);
  return given;
}

function parsed<E extends Endpoint>(operation: E, data: unknown): ResponseOf<E> {
  if (isBinary(operation.response)) throw new Error(`${operation.id} is streamed: it is not for the client`);
  // An empty body is "" to axios and undefined to the contract.
  return operation.response.parse(data === '' ? undefined : data) as ResponseOf<E>;
}

function problemFrom(error: unknown): ApiProblem {
  if (!isAxiosError(error)) return toProblem(error);
  if (!error.response) return new ApiProblem({ code: 'offline' }, { cause: error });
  return problemOf(error.response.data) ?? toProblem(error);
}
