import { PassThrough, Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { streamPost } from '../../../src-main/gateway/stream-post.ts';

/* Minutes of waiting; what Electron's request does within seconds is tested in the real application. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Electron's request, as far as time goes: it takes a piece when `take` is called, and answers when told to. */
class SlowRequest extends Writable {
  aborted = false;
  take: () => void = () => undefined;
  override _write(_chunk: unknown, _encoding: string, done: () => void) {
    this.take = done;
  }
  abort() {
    this.aborted = true;
    this.emit('abort');
  }
  answer(statusCode: number) {
    const incoming = Object.assign(new PassThrough(), { statusCode, headers: { 'content-type': 'application/json' } });
    this.emit('response', incoming.end('{}'));
  }
}

const post = (request: SlowRequest, pieces: string[]) =>
  streamPost(request as unknown as Parameters<typeof streamPost>[0], {
    body: Readable.from(pieces.map((piece) => Buffer.from(piece))),
    signal: new AbortController().signal,
  });

test('a line on which nothing moves for two minutes is given up, and the server told', async () => {
  const request = new SlowRequest();
  const ended = expect(post(request, ['a'])).rejects.toThrow('stalled');
  await vi.advanceTimersByTimeAsync(119_000);
  expect(request.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  await ended;
  expect(request.aborted).toBe(true);
});

test('a slow line is not, nor a server that thinks after the last byte', async () => {
  const request = new SlowRequest({ highWaterMark: 1 });
  const answer = post(request, ['a', 'b', 'c']);
  for (let piece = 0; piece < 3; piece++) {
    await vi.advanceTimersByTimeAsync(100_000);
    request.take();
  }
  await vi.advanceTimersByTimeAsync(100_000);
  request.answer(202);
  expect((await answer).status).toBe(202);
  expect(request.aborted).toBe(false);
});

test('an answer that is on its way when the connection breaks counts', async () => {
  const request = new SlowRequest();
  const answer = post(request, ['a', 'b']);
  await vi.advanceTimersByTimeAsync(0);
  request.destroy(new Error('net::ERR_CONNECTION_RESET'));
  await vi.advanceTimersByTimeAsync(900);
  request.answer(413);
  expect((await answer).status).toBe(413);
});
