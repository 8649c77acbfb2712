import { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/**
 * Who may call an operation. A resident is an account with at least one payer, a clerk or admin an account with that
 * role at the manager in question; an admin may do all that a clerk may.
 */
export type Caller = 'anyone' | 'account' | 'resident' | 'clerk' | 'admin';

/** A body that is not JSON: the bytes are streamed. */
export interface Binary {
  readonly binary: readonly string[];
}

/** Declares a streamed body of one of these media types. */
export const binary = (...mediaTypes: string[]): Binary => ({ binary: mediaTypes });

export const isBinary = (shape: z.ZodType | Binary): shape is Binary => 'binary' in shape;

/** What a key for other programs may be allowed to do, at its manager alone. */
export const programScopes = ['imports:write', 'imports:read', 'runs:read', 'payers:read'] as const;
export type ProgramScope = (typeof programScopes)[number];

type Shape = z.ZodObject;

/** One operation: the single place where its address, its callers and its shapes are written down. */
export interface Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends z.ZodType | Binary = z.ZodType | Binary,
  Response extends z.ZodType | Binary = z.ZodType | Binary,
> {
  /** `resource.verb`, unique; OpenAPI's operationId. */
  readonly id: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, parameters in braces: `/slips/{id}`. */
  readonly path: string;
  readonly caller: Caller;
  /** The scope with which a key for other programs may call it, too; without one it may not. */
  readonly program?: ProgramScope;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
  /** A second form of the response that the Accept header can ask for. */
  readonly alternative?: Binary;
  readonly status: 200 | 201 | 202 | 204;
  /** What this operation may answer besides the errors that any operation may. */
  readonly errors: readonly ErrorCode[];
  /** The desktop shell keeps the answer, encrypted, and gives it when the server cannot be reached. */
  readonly offline: boolean;
  /**
   * Who on the desktop may call: operations that carry the session token, or files of any size, are called by the main
   * process alone, and the gateway refuses them to the renderer.
   */
  readonly via: 'gateway' | 'main';
}

type Declaration<P extends Shape, Q extends Shape, B extends z.ZodType | Binary, R extends z.ZodType | Binary> = Pick<
  Endpoint<P, Q, B, R>,
  'id' | 'summary' | 'method' | 'path' | 'caller' | 'program' | 'response' | 'alternative'
> &
  Partial<Pick<Endpoint<P, Q, B, R>, 'params' | 'query' | 'body' | 'status' | 'errors' | 'offline' | 'via'>>;

const nothing = z.object({});
export const noBody = z.undefined();

/** Declares an operation; what is left out is empty, 200, not kept offline and open to the renderer. */
export function endpoint<
  P extends Shape = typeof nothing,
  Q extends Shape = typeof nothing,
  B extends z.ZodType | Binary = typeof noBody,
  R extends z.ZodType | Binary = typeof noBody,
>(declaration: Declaration<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    params: nothing as unknown as P, // Without a declaration P is the empty object's type.
    query: nothing as unknown as Q,
    body: noBody as unknown as B,
    status: 200,
    errors: [],
    offline: false,
    via: 'gateway',
    ...declaration,
  };
}

/** What a caller sends and what a handler receives may differ (defaults, normalisation): hence input and output. */
export type ParamsOf<E extends Endpoint> = z.output<E['params']>;
export type QueryOf<E extends Endpoint> = z.output<E['query']>;
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.output<E['body']> : never;
export type ResponseOf<E extends Endpoint> = E['response'] extends z.ZodType ? z.output<E['response']> : never;
export type ParamsInput<E extends Endpoint> = z.input<E['params']>;
export type QueryInput<E extends Endpoint> = z.input<E['query']>;
export type BodyInput<E extends Endpoint> = E['body'] extends z.ZodType ? z.input<E['body']> : never;

export const apiPrefix = '/api/v1';

/** The path of an operation below the server's origin, its parameters filled in and escaped. */
export function pathOf(operation: Pick<Endpoint, 'path'>, params: Record<string, string> = {}): string {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${operation.path}: parameter ${name} is missing`);
    return encodeURIComponent(value);
  });
  return apiPrefix + filled;
}
