import type { Readable } from 'node:stream';
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResponseOf } from '../../contract/endpoint.ts';
import type { Actor } from './actor.ts';
import type { Streamed } from './streamed.ts';

/** What a handler may know of the request besides its declared parts. */
export interface RequestInfo {
  readonly id: string;
  /** Where it came from: the limits count by it. */
  readonly address: string;
  /** The host name of the address that was asked, in lower case, without the port. */
  readonly host: string;
  /** The first of the media types that the caller accepts. @throws not_acceptable */
  readonly accepts: <T extends string>(...mediaTypes: T[]) => T;
  /** The raw bytes, of operations with a binary body alone. */
  readonly body: Readable;
  /** Bytes of the body as announced; undefined when the caller did not say. */
  readonly length: number | undefined;
}

/** What the guard hands to a handler: parsed, typed, and from somebody who may ask. */
export interface Call<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly actor: Actor;
  readonly request: RequestInfo;
}

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<ResponseOf<E> | Streamed>;

export interface RouteOptions {
  /** Counted before anything else is done for the request. @throws rate_limited */
  readonly limit?: (address: string) => Promise<unknown>;
  /** False where the program asks by itself: a session that nobody uses must still end. */
  readonly isUse?: boolean;
}

/** An operation of the contract together with what does it. */
export interface Route extends RouteOptions {
  readonly operation: Endpoint;
  readonly handle: (call: Call<Endpoint>) => Promise<unknown>;
}

/** Ties a handler to an operation. The types of both sides are the contract's. */
export const route = <E extends Endpoint>(operation: E, handler: Handler<E>, options: RouteOptions = {}): Route => ({
  ...options,
  operation,
  // The guard has parsed the call by this very operation's schemas before it gets here.
  handle: (call) => handler(call),
});
