import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { errorStatus, problemMediaType } from '../../contract/errors.ts';
import type { ErrorCode, Problem } from '../../contract/errors.ts';
import type { Import } from '../../contract/imports.ts';
import type { Session } from '../../contract/session.ts';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answering = (request: SeenRequest, response: ServerResponse) => void;

export const anAccount = 'a'.repeat(32);
export const anotherAccount = 'b'.repeat(32);
export const aSlip = 'c'.repeat(32);
export const aManager = 'd'.repeat(32);

export const sessionOf = (accountId: string): Session => ({
  account: {
    id: accountId,
    email: 'ana@primer.si',
    emailConfirmed: true,
    newEmail: null,
    firstName: 'Ana',
    lastName: 'Novak',
    language: 'sl',
  },
  payers: [],
  roles: [],
  secondFactor: { isOn: false, isNeeded: false, isCompulsory: false },
  device: null,
  since: '2026-11-01T10:00:00.000Z',
});

export const anImport: Import = {
  id: 'e'.repeat(32),
  fileName: 'obračun.csv',
  state: 'checking',
  progress: { phase: 'reading', rows: 0, bytes: 0, totalBytes: 0 },
  createdAt: '2026-11-23T08:00:00.000Z',
  createdBy: 'Ana Novak',
  finishedAt: null,
  unknownColumns: [],
  faultCount: 0,
  faults: [],
  faultyRows: 0,
  unchangedOf: null,
  newPayers: 0,
  newSlips: 0,
  replacedSlips: 0,
  withdrawal: null,
  runs: [],
};

/**
 * An HTTP server that speaks as the portal does, on a port of its own: for what the main process does when the portal
 * answers this or that. The real server is met in the end-to-end tests.
 */
export interface PortalStandIn {
  readonly origin: string;
  readonly requests: SeenRequest[];
  /** The session that the next sign-in gives. */
  signInAs(accountId: string, token: string): void;
  /** Takes over the answering of one method and path. */
  answer(operation: string, answering: Answering): void;
  /** Answers what nothing else does; `not_found` otherwise. */
  otherwise(answering: Answering): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startPortalStandIn(): Promise<PortalStandIn> {
  const requests: SeenRequest[] = [];
  const answers = new Map<string, Answering>();
  let rest: Answering = (_, response) => problem(response, 'not_found');
  let signIn = { accountId: anAccount, token: 'token-1' };
  const isSignedIn = (request: SeenRequest) => request.headers.authorization === `Bearer ${signIn.token}`;

  answers.set('GET /portal', (_, response) =>
    json(response, 200, { product: 'iiPortal', version: '1', manager: null, managers: [], humanCheck: 'off' }),
  );
  answers.set('POST /session', (_, response) =>
    json(response, 201, { token: signIn.token, session: sessionOf(signIn.accountId) }),
  );
  answers.set('GET /session', (request, response) =>
    isSignedIn(request) ? json(response, 200, sessionOf(signIn.accountId)) : problem(response, 'not_signed_in'),
  );
  answers.set('GET /session/check', (request, response) =>
    isSignedIn(request) ? response.writeHead(204).end() : problem(response, 'not_signed_in'),
  );
  answers.set('DELETE /session', (_, response) => response.writeHead(204).end());

  const server = createServer((incoming, response) => {
    void readAll(incoming).then((body) => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body };
      requests.push(request);
      const path = url.split('?')[0]!.replace('/api/v1', '');
      const answering = answers.get(`${method} ${path}`) ?? rest;
      answering(request, response);
    });
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  onTestFinished(stop);

  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    signInAs: (accountId, token) => (signIn = { accountId, token }),
    answer: (operation, answering) => answers.set(operation, answering),
    otherwise: (answering) => (rest = answering),
    stop,
    start: () => listen(port),
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

export function problem(response: ServerResponse, code: ErrorCode, more: Partial<Problem> = {}): void {
  const status = errorStatus[code];
  response
    .writeHead(status, { 'Content-Type': problemMediaType })
    .end(JSON.stringify({ type: `iiportal:error:${code}`, title: code, status, code, ...more }));
}
