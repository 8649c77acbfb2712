import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Target {
  readonly port: number;
  /** What each connection asks again and again: another resident's slips on each. */
  readonly requests: readonly string[];
}

/** A request without a body, byte for byte, on a connection that stays open. */
export const getRequest = (path: string, headers: Record<string, string> = {}): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

/**
 * Sends a request and waits for the whole answer. node:http as a client costs as much as what is measured here; both
 * servers say how long their answers are, and more of HTTP is not needed.
 * @returns the body
 */
function ask(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const read = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /^content-length: (\d+)/im.exec(answer)?.[1];
      if (length !== undefined && answer.length < head + 4 + Number(length)) return;
      socket.off('data', read);
      if (answer.startsWith('HTTP/1.1 200 ') && length !== undefined) resolve(answer.slice(head + 4));
      else reject(new Error(answer.slice(0, 500)));
    };
    socket.on('data', read);
    socket.write(request);
  });
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** The answers to each of the target's requests, once. */
export async function answers({ port, requests }: Target): Promise<unknown[]> {
  const socket = await open(port);
  const bodies: unknown[] = [];
  for (const request of requests)
    bodies.push(JSON.parse(Buffer.from(await ask(socket, request), 'latin1').toString('utf8')));
  socket.destroy();
  return bodies;
}

/** Asks on all connections at once for so long. @returns answers a second */
export async function requestsPerSecond({ port, requests }: Target, milliseconds: number): Promise<number> {
  const sockets = await Promise.all(requests.map(() => open(port)));
  const start = performance.now();
  let count = 0;
  await Promise.all(
    requests.map(async (request, index) => {
      for (; performance.now() - start < milliseconds; count += 1) await ask(sockets[index]!, request);
    }),
  );
  const rate = (count * 1000) / (performance.now() - start);
  for (const socket of sockets) socket.destroy();
  return rate;
}
