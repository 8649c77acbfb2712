import { setTimeout as startTimer } from 'node:timers';
import { z } from 'zod';
import { isBinary, pathOf } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { problemMediaType, problemSchema } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import { ProblemError } from './problems.ts';

/** The way to the network: Electron's in the app, so that the system's proxy and certificates hold; Node's in tests. */
export type Fetch = (url: string, init: RequestInit & { duplex?: 'half' }) => Promise<Response>;

export interface PortalRequest {
  readonly operation: Endpoint;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: URLSearchParams;
  /** JSON, already written, unless `mediaType` says something else. */
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly mediaType?: string;
  readonly token?: string | undefined;
  /** The operation's second form is wanted, its media type. */
  readonly accept?: string;
  readonly firstByteMs?: number;
  /** Calls the request off, also while its body comes. */
  readonly signal?: AbortSignal;
}

/** What the portal answered, whole. */
export interface PortalAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** What an answer that is not a success says. */
  readonly problem: Problem | null;
}

/** What Chromium, and Node in tests, say when there was no connection over which anything could have been sent. */
const noConnection =
  /ERR_(NAME_|INTERNET_|NETWORK_|ADDRESS_|CERT_|SSL_|PROXY_|TUNNEL_|CONNECTION_(REFUSED|FAILED|TIMED_OUT))|ECONNREFUSED|ENOTFOUND/;

/** What they say of a certificate that is not the portal's, has run out, or that nobody vouches for. */
const badCertificate = /ERR_CERT_|ERR_TLS_CERT_|SELF_SIGNED_CERT|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE/;

/** Nobody answered, or only a proxy that says the same. */
export class Unreachable extends Error {
  /** False when the request was surely never sent; else the portal may have done what was asked. */
  get mayHaveArrived(): boolean {
    return !noConnection.test(this.#said) && !this.isUntrusted;
  }

  /** Somebody answered who could not show to be the portal. */
  get isUntrusted(): boolean {
    return badCertificate.test(this.#said);
  }

  get #said(): string {
    const { message = '', cause } = (this.cause ?? {}) as { message?: string; cause?: { code?: string } };
    return `${message} ${cause?.code ?? ''}`;
  }
}

/** Somebody answered, but not an iiPortal server: a captive portal, a web shop, an error page. */
export class NotAPortal extends Error {}

/** The code for a failure to ask, to be thrown on. */
export function asProblem(error: unknown): never {
  if (error instanceof Unreachable) {
    throw new ProblemError(error.isUntrusted ? 'certificate_untrusted' : 'offline', { cause: error });
  }
  if (error instanceof NotAPortal) throw new ProblemError('not_a_portal', { cause: error });
  throw error;
}

/** Whether what was asked may have been done although no answer came. */
export const mayHaveBeenDone = (error: unknown): boolean =>
  error instanceof ProblemError && error.cause instanceof Unreachable && error.cause.mayHaveArrived;

const firstByteMs = 20_000;
const wholeBodyMs = 60_000;
const largestBody = 64 * 1024 * 1024;

export interface PortalClient {
  /** Asks and reads the whole answer. Fails with Unreachable or NotAPortal. */
  ask(origin: string, request: PortalRequest): Promise<PortalAnswer>;
  /** Asks and leaves the body of a success to the caller; anything else comes as a read answer. */
  open(origin: string, request: PortalRequest): Promise<Response | PortalAnswer>;
}

export function createPortalClient(fetch: Fetch): PortalClient {
  async function send(origin: string, request: PortalRequest, whole: boolean) {
    const canceller = new AbortController();
    let timer = startTimer(() => canceller.abort(), request.firstByteMs ?? firstByteMs);
    try {
      const response = await reached(fetch(address(origin, request), init(request, canceller.signal)));
      judgeHead(request, response);
      if (!whole && response.ok) return response;
      clearTimeout(timer);
      timer = startTimer(() => canceller.abort(), wholeBodyMs);
      return await readAnswer(response);
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    ask: async (origin, request) => (await send(origin, request, true)) as PortalAnswer,
    open: (origin, request) => send(origin, request, false),
  };
}

function address(origin: string, { operation, params, query }: PortalRequest): string {
  const search = query?.toString();
  return origin + pathOf(operation, params ?? {}) + (search ? `?${search}` : '');
}

function init(request: PortalRequest, signal: AbortSignal): RequestInit {
  const headers = new Headers({ Accept: `${request.accept ?? firstForm(request.operation)}, ${problemMediaType}` });
  if (request.token) headers.set('Authorization', `Bearer ${request.token}`);
  if (request.body !== undefined) headers.set('Content-Type', request.mediaType ?? 'application/json');
  return {
    method: request.operation.method,
    headers,
    body: request.body ?? null,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal: request.signal ? AbortSignal.any([signal, request.signal]) : signal,
  };
}

const firstForm = ({ response }: Endpoint) => (isBinary(response) ? response.binary.join(', ') : 'application/json');

async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new Unreachable('the portal cannot be reached', { cause });
  }
}

/** Status and media type tell whether an iiPortal server speaks. */
export function judgeHead({ operation, accept }: PortalRequest, response: Response): void {
  const mediaType = mediaTypeOf(response);
  if (!response.ok) {
    if (mediaType === problemMediaType) return;
    if ([502, 503, 504].includes(response.status)) throw new Unreachable(`a proxy answered ${response.status}`);
    throw new NotAPortal(`status ${response.status} with ${mediaType || 'no type'}`);
  }
  if (response.status === 204) return;
  if (!(accept ?? firstForm(operation)).split(', ').includes(mediaType)) {
    throw new NotAPortal(`${mediaType || 'no type'} for ${operation.id}`);
  }
}

const mediaTypeOf = (response: Response) =>
  (response.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();

/** The whole answer, whose head has been judged. */
export async function readAnswer(response: Response): Promise<PortalAnswer> {
  const body = await reached(readWhole(response));
  const mediaType = mediaTypeOf(response);
  return { status: response.status, mediaType, headers: response.headers, body, problem: problemIn(response, body) };
}

async function readWhole(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('Content-Length') ?? 0);
  if (announced > largestBody) throw new Error(`a body of ${announced} bytes`);
  return new Uint8Array(await response.arrayBuffer());
}

const newerProblem = problemSchema.pick({ status: true, title: true }).extend({
  type: z.string().startsWith('iiportal:error:'),
});

/** A newer server may have codes that this client does not know: those must not look like somebody else's server. */
function problemIn(response: Response, body: Uint8Array): Problem | null {
  if (response.ok) return null;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body));
    const parsed = problemSchema.safeParse(json);
    if (parsed.success) return parsed.data;
    const { status, title } = newerProblem.parse(json);
    return { type: 'iiportal:error:internal', title, status, code: 'internal' };
  } catch (cause) {
    throw new NotAPortal('a problem that is none of ours', { cause });
  }
}
