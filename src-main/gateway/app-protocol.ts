import { apiPrefix, isBinary } from '../../contract/endpoint.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import type { Logger } from '../log.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayAnswer } from './gateway-answer.ts';
import { matchOperation } from './match-operation.ts';
import { ProblemError, problemResponse } from './problems.ts';
import { readStaticFile } from './static-files.ts';

export const appScheme = 'app';
export const appOrigin = `${appScheme}://iiportal`;

/** Everything the window shows comes from its own origin; the PDF viewer's frame too. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** A slip's PDF is framed by our page and drawn by Chromium's own viewer, which a default-src would shut out. */
const apiContentSecurityPolicy = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

const largestRequest = 1024 * 1024;

/** What of the portal's answer the window may see. */
const passedHeaders = ['Content-Type', 'Content-Disposition', 'Retry-After', 'X-Request-Id'];

export interface AppProtocolDeps {
  readonly gateway: Pick<Gateway, 'ask'>;
  readonly rendererFolder: string;
  readonly log: Logger;
}

/** The handler of app://iiportal: the renderer's files, and below /api/v1 the portal. */
export function createAppProtocol({ gateway, rendererFolder, log }: AppProtocolDeps) {
  return async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // URL.origin is "null" for a scheme that this Node does not know as standard.
    if (`${url.protocol}//${url.host}` !== appOrigin) return protectedBy(new Response(null, { status: 404 }));
    try {
      const isApi = url.pathname === apiPrefix || url.pathname.startsWith(`${apiPrefix}/`);
      return isApi ? apiAnswer(await forward(gateway, request, url)) : await staticAnswer(rendererFolder, request, url);
    } catch (error) {
      if (error instanceof ProblemError) return apiAnswer(problemResponse(error.problem.code));
      log.error('gateway_failed', { path: url.pathname, error });
      return apiAnswer(problemResponse('internal'));
    }
  };
}

async function forward(gateway: Pick<Gateway, 'ask'>, request: Request, url: URL): Promise<Response> {
  const match = matchOperation(request.method, url.pathname);
  if (typeof match === 'string') return problemResponse(match);
  // These carry the session's token, or a large file: the main process does them itself.
  if (match.operation.via === 'main') return problemResponse('forbidden');
  const mediaType = mediaTypeOf(match.operation, request);
  if (mediaType === null) return problemResponse('unsupported_media_type');
  const body = await readBody(request);
  return toResponse(await gateway.ask({ ...match, query: url.searchParams, body, mediaType }));
}

/** What the body is sent as: one of the kinds that the operation declares; null when it is another. */
function mediaTypeOf({ body }: Endpoint, request: Request): string | null {
  if (!isBinary(body)) return 'application/json';
  const given = request.headers.get('Content-Type') ?? '';
  return body.binary.includes(given) ? given : null;
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!request.body) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A web stream can be iterated in Node and Electron; the DOM's type does not say so yet.
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largestRequest) throw new ProblemError('body_too_large');
    chunks.push(chunk);
  }
  return size ? Buffer.concat(chunks) : undefined;
}

function toResponse({ answer, asOf }: GatewayAnswer): Response {
  const headers = new Headers();
  for (const name of passedHeaders) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  // A browser is to save a slip's PDF; in the window's frame it is to be shown, and saving goes through the bridge.
  const disposition = headers.get('Content-Disposition');
  if (disposition) headers.set('Content-Disposition', disposition.replace(/^attachment/i, 'inline'));
  if (asOf) headers.set('iiportal-as-of', asOf);
  return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers });
}

function apiAnswer(response: Response): Response {
  response.headers.set('Cache-Control', 'no-store');
  response.headers.set('Content-Security-Policy', apiContentSecurityPolicy);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  return response;
}

async function staticAnswer(folder: string, request: Request, url: URL): Promise<Response> {
  const file = request.method === 'GET' ? await readStaticFile(folder, url.pathname) : null;
  if (!file) return protectedBy(new Response(null, { status: 404 }));
  return protectedBy(new Response(file.body, { headers: { 'Content-Type': file.mediaType } }));
}

function protectedBy(response: Response): Response {
  response.headers.set('Content-Security-Policy', contentSecurityPolicy);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'no-referrer');
  return response;
}
