import {
  isBinary,
  pathOf,
  type BodyInput,
  type Endpoint,
  type ParamsInput,
  type QueryInput,
  type ResponseOf,
} from '../../contract/endpoint.ts';
import type { Problem } from '../../contract/errors.ts';

export interface ApiCall<E extends Endpoint> {
  readonly params?: ParamsInput<E>;
  readonly query?: QueryInput<E>;
  readonly body?: BodyInput<E>;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  /** The bytes of an operation with a binary body. */
  readonly bytes?: Uint8Array<ArrayBuffer> | string;
}

export interface ApiAnswer<E extends Endpoint> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed answer, of a success with a JSON body. */
  readonly body: ResponseOf<E>;
  /** The parsed problem, of a failure. */
  readonly problem: Problem;
  readonly bytes: Buffer;
}

function requestOf<E extends Endpoint>(operation: E, { body, bytes, token, headers }: ApiCall<E>): RequestInit {
  const mediaType = isBinary(operation.body) ? (operation.body.binary[0] ?? '') : 'application/json';
  const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    method: operation.method,
    headers: {
      ...(payload === undefined ? {} : { 'Content-Type': mediaType }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  };
}

/** Calls an operation of the API at that origin as the contract declares it. */
export async function callApi<E extends Endpoint>(url: string, operation: E, given: ApiCall<E>): Promise<ApiAnswer<E>> {
  const address = new URL(url + pathOf(operation, given.params as Record<string, string> | undefined));
  for (const [name, value] of Object.entries(given.query ?? {})) address.searchParams.set(name, String(value));
  const response = await fetch(address, requestOf(operation, given));
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const parsed: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    body: (response.ok ? parsed : undefined) as ResponseOf<E>,
    problem: (response.ok ? undefined : parsed) as Problem,
    bytes,
  };
}
