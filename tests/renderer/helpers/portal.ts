import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiPrefix } from '../../../contract/endpoint.ts';
import { errorStatus, problemMediaType } from '../../../contract/errors.ts';
import type { ErrorCode, Problem } from '../../../contract/errors.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

export interface Request {
  readonly address: string;
  /** Parsed, or the bytes of a file. */
  readonly body: unknown;
  readonly mediaType: string | undefined;
}

/** What stands at app://iiportal for the tests: a real server that gives the answers it was told to give. */
export interface FakePortal {
  readonly requests: Request[];
  answer(operation: string, body: unknown, headers?: Record<string, string>): void;
  refuse(operation: string, code: ErrorCode, more?: Partial<Problem>): void;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  if (!/json/.test(request.headers['content-type'] ?? 'json')) return bytes;
  return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
}

/** Operations are named as in "GET /slips"; the page's own address becomes that of the server. */
export async function startFakePortal(): Promise<FakePortal> {
  const answers = new Map<string, Answer>();
  const requests: Request[] = [];

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const address = `${request.method} ${request.url?.slice(apiPrefix.length)}`;
      requests.push({ address, body, mediaType: request.headers['content-type'] });
      const answer = answers.get(address.split('?')[0] ?? '');
      response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json', ...answer?.headers });
      response.end(answer === undefined ? 'nothing prepared' : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  );

  return {
    requests,
    answer: (operation, body, headers = {}) => void answers.set(operation, { status: 200, body, headers }),
    refuse(operation, code, more = {}) {
      const problem: Problem = {
        type: `iiportal:error:${code}`,
        title: code,
        status: errorStatus[code],
        code,
        ...more,
      };
      answers.set(operation, { status: problem.status, body: problem, headers: { 'content-type': problemMediaType } });
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
