import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in's widget does: calls back at once, with an error, asks for a click, or never says anything. */
export type Widget = 'answers' | 'errs' | 'asks' | 'hangs';

export interface Siteverify {
  readonly secret: string;
  readonly response: string;
  readonly idempotency_key: string;
}

/** Cloudflare's two endpoints on a port of this machine. */
export interface TurnstileStandIn {
  readonly origin: string;
  /** What siteverify was asked. */
  readonly asked: Siteverify[];
  widget: Widget;
  /** The answer of the next requests to siteverify; otherwise a token is good once, for what it was made for. */
  answer: ((response: ServerResponse) => void) | undefined;
  /** A token as the widget gives it. */
  token(made: Partial<Made>): string;
  stop(): Promise<void>;
}

/** What a token was made for: siteverify reads it out of the token, where Cloudflare has it in its own books. */
interface Made {
  readonly action: string;
  readonly hostname: string;
  readonly challenge_ts: string;
  readonly serial: string;
}

/** Runs in the page. Shows a frame as Turnstile does, and acts in the way of `Widget`. */
const script = (widget: Widget) => `
  window.turnstile = {
    render(place, options) {
      const frame = document.createElement('iframe');
      frame.src = new URL('/frame', ${JSON.stringify('ORIGIN')});
      frame.width = 150;
      frame.height = 140;
      document.querySelector(place).append(frame);
      const made = { action: options.action, hostname: location.hostname, challenge_ts: new Date().toISOString(), serial: String(Math.random()) };
      const answer = () => options.callback(btoa(JSON.stringify(made)));
      const widget = ${JSON.stringify(widget)};
      if (widget === 'answers') setTimeout(answer, 50);
      if (widget === 'errs') options['error-callback']('300030');
      if (widget === 'asks') {
        options['before-interactive-callback']();
        window.addEventListener('message', ({ source }) => source === frame.contentWindow && answer());
      }
    },
  };
  showTurnstile();
`;

const frame = `<!doctype html><html lang="sl"><body style="margin:0"><button id="human" style="width:150px;height:140px">Nisem robot</button>
<script>document.getElementById('human').onclick = () => parent.postMessage('clicked', '*')</script></body></html>`;

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export const asJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

const refusal = (...codes: string[]) => ({ success: false, 'error-codes': codes });

export async function startTurnstileStandIn({
  secretKey,
  port = 0,
}: {
  secretKey: string;
  port?: number;
}): Promise<TurnstileStandIn> {
  const asked: Siteverify[] = [];
  const used = new Map<string, string>();

  /** As Cloudflare: a token counts once, but the same question with the same idempotency key has the same answer. */
  function judge({ secret, response: token, idempotency_key: key }: Siteverify): unknown {
    if (secret !== secretKey) return refusal('invalid-input-secret');
    if ((used.get(token) ?? key) !== key) return refusal('timeout-or-duplicate');
    used.set(token, key);
    try {
      const { action, hostname, challenge_ts } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Made;
      return { success: true, 'error-codes': [], action, hostname, challenge_ts, cdata: '' };
    } catch {
      return refusal('invalid-input-response');
    }
  }

  async function siteverify(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = JSON.parse(await readAll(request)) as Siteverify;
    asked.push(question);
    if (standIn.answer) standIn.answer(response);
    else asJson(response, judge(question));
  }

  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method === 'POST' && path === '/turnstile/v0/siteverify') void siteverify(request, response);
    else if (path === '/turnstile/v0/api.js')
      response
        .writeHead(200, { 'Content-Type': 'text/javascript' })
        .end(script(standIn.widget).replace('ORIGIN', standIn.origin));
    else if (path === '/frame') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(frame);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let serial = 0;
  const standIn: TurnstileStandIn = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    widget: 'answers',
    answer: undefined,
    token: (made) => {
      serial += 1;
      const whole = { challenge_ts: new Date().toISOString(), serial: String(serial), ...made };
      return Buffer.from(JSON.stringify(whole)).toString('base64');
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return standIn;
}
