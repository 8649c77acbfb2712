import type { Context, Middleware } from 'koa';
import { isBinary, type Endpoint } from '../../contract/endpoint.ts';
import type { Config } from '../config.ts';
import { isMissingRow } from '../db/constraints.ts';
import { lacksSecondFactor, mayCall, nobody, type Actor } from './actor.ts';
import { ApiError } from './api-error.ts';
import { bearerToken } from './authenticate.ts';
import { isProgramKey } from './programs.ts';
import { parse } from './parse.ts';
import { readJson } from './read-json.ts';
import type { Call, RequestInfo, Route } from './route.ts';
import { Streamed } from './streamed.ts';

export interface GuardOptions {
  readonly authenticate: (token: string | undefined, isUse: boolean) => Promise<Actor>;
  /** The same of a key for other programs. */
  readonly authenticateProgram: (key: string) => Promise<Actor>;
  readonly addressOf: (socket: string, forwardedFor: string) => string;
  /** Whether admins get into the office with a second factor alone. */
  readonly secondFactor: Config['secondFactor'];
}

/** What the router found in the path, and the id that the first middleware gave the request. */
export interface RequestState {
  readonly requestId: string;
}

type RoutedContext = Context & { readonly params: Record<string, string> };

/** Any caller can write anything there; a host name is ASCII, and so is the column that it is looked up in. */
const hostOf = ({ hostname }: Context): string => (/^[!-~]*$/.test(hostname) ? hostname.toLowerCase() : '');

function requestInfo(ctx: Context, address: string): RequestInfo {
  return {
    id: (ctx.state as RequestState).requestId,
    address,
    host: hostOf(ctx),
    accepts: (...mediaTypes) => {
      const best = ctx.accepts(...mediaTypes);
      const found = mediaTypes.find((mediaType) => mediaType === best);
      if (found === undefined) throw new ApiError('not_acceptable');
      return found;
    },
    body: ctx.req,
    length: ctx.request.length,
  };
}

async function readBody(ctx: Context, { body }: Endpoint): Promise<unknown> {
  if (!isBinary(body)) return parse(body, await readJson(ctx.req, ctx.request.type));
  if (!body.binary.includes(ctx.request.type)) throw new ApiError('unsupported_media_type');
  return undefined;
}

/** Puts the bytes into the answer; a media type that the contract does not declare is our mistake. */
function sendStreamed(
  ctx: Context,
  { response, alternative }: Endpoint,
  { mediaType, body, fileName, headers }: Streamed,
): void {
  const declared = [...(isBinary(response) ? response.binary : []), ...(alternative?.binary ?? [])];
  if (!declared.includes(mediaType)) throw new Error(`undeclared response of type ${mediaType}`);
  ctx.type = mediaType;
  if (fileName !== undefined) ctx.attachment(fileName);
  ctx.set(headers);
  ctx.body = body;
}

/** Sends exactly what the contract declares: unknown fields are cut off, and a wrong shape is our mistake. */
function sendJson(ctx: Context, { response, status }: Endpoint, result: unknown): void {
  if (isBinary(response)) throw new Error('a binary response was declared');
  const body = response.parse(result);
  if (status !== 204) ctx.body = body;
}

async function actorOf(ctx: Context, { operation, isUse }: Route, options: GuardOptions): Promise<Actor> {
  const { caller } = operation;
  if (caller === 'anyone') return nobody;
  const token = bearerToken(ctx.get('Authorization'));
  const isProgram = token !== undefined && isProgramKey(token);
  const actor = await (isProgram ? options.authenticateProgram(token) : options.authenticate(token, isUse ?? true));
  if (!mayCall(actor, operation)) throw new ApiError('forbidden');
  if (options.secondFactor === 'admins' && lacksSecondFactor(actor, caller)) throw new ApiError('second_factor_needed');
  return actor;
}

/**
 * Does what was asked for. Whose account was deleted, or whose session ended, while it was done may have failed by the
 * rows that are gone: that is no failure of ours, and the caller is not signed in any more.
 */
async function handleFor(route: Route, call: Call<Endpoint>, stillThere: () => Promise<unknown>): Promise<unknown> {
  try {
    return await route.handle(call);
  } catch (error) {
    if (route.operation.caller !== 'anyone' && isMissingRow(error)) await stillThere();
    throw error;
  }
}

/** The way of every request: limit -> authenticate -> may call -> parse -> handler -> response parse. */
export const guard =
  (route: Route, options: GuardOptions): Middleware =>
  async (context) => {
    const { operation, limit } = route;
    // The router has put the path's parameters in; Middleware's own type does not know of them.
    const ctx = context as unknown as RoutedContext;
    const address = options.addressOf(ctx.req.socket.remoteAddress ?? '', ctx.get('X-Forwarded-For'));
    await limit?.(address);
    const actor = await actorOf(ctx, route, options);
    const call = {
      params: parse(operation.params, ctx.params),
      query: parse(operation.query, { ...ctx.query }),
      body: (await readBody(ctx, operation)) as never,
      actor,
      request: requestInfo(ctx, address),
    };
    const result = await handleFor(route, call, () => actorOf(ctx, route, options));
    ctx.status = operation.status;
    if (result instanceof Streamed) sendStreamed(ctx, operation, result);
    else sendJson(ctx, operation, result);
  };
