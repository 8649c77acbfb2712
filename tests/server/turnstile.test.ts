import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHumanCheck, turnstileAnswer, type HumanCheckAction } from '../../contract/human-check.ts';
import { humanCheckPagePath } from '../../contract/human-check-page.ts';
import { getPortal } from '../../contract/portal.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { newId } from '../../server/db/id.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { createManager, createManagerHost } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { asJson, startTurnstileStandIn, type TurnstileStandIn } from '../helpers/turnstile-stand-in.ts';

const secretKey = '1x0000000000000000000000000000000AA';
const host = 'portal.upravnik.example';
const minute = 60_000;

let server: TestServer;
let turnstile: TurnstileStandIn;

beforeAll(async () => {
  turnstile = await startTurnstileStandIn({ secretKey });
  server = await startTestServer({
    config: {
      humanCheck: 'turnstile',
      humanCheckWork: 3,
      publicUrl: `https://${host}`,
      turnstile: { siteKey: '1x00000000000000000000AA', secretKey, origin: turnstile.origin },
    },
  });
});

afterEach(() => {
  turnstile.answer = undefined;
  turnstile.asked.length = 0;
});

afterAll(async () => {
  await server.close();
  await turnstile.stop();
});

const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();

/** An answer that is right in all but what the test says. */
const answer = (made: Parameters<TurnstileStandIn['token']>[0] = {}): string =>
  turnstileAnswer(turnstile.token({ action: 'registration', hostname: host, ...made }));

/** What a registration is answered; past the human check nothing of it is right. */
async function tryWith(humanCheck: string): Promise<string> {
  const body = {
    managerId: 'a'.repeat(32),
    // Another one each time: the limits count by it.
    payerCode: newId().slice(0, 12),
    slipPassword: generateSlipPassword(),
    firstName: 'Živa',
    lastName: 'Čebašek',
    email: 'ziva@example.si',
    password: 'Dolgo-geslo-7',
    humanCheck,
  };
  return (await server.api(createRegistration, { body })).problem.code;
}

const passed = 'slip_password_rejected';
const refused = 'human_check_failed';
const unavailable = 'human_check_unavailable';

describe("Turnstile's token", () => {
  it('is asked for by the portal, which says whose frames will be shown', async () => {
    const { humanCheck, turnstile: shown } = (await server.api(getPortal)).body;
    expect({ humanCheck, shown }).toEqual({ humanCheck: 'turnstile', shown: { origin: turnstile.origin } });
  });

  it('lets through once', async () => {
    const good = answer();
    expect(await tryWith(good)).toBe(passed);
    expect(await tryWith(good)).toBe(refused);
  });

  it('counts once by our own books too, also in parallel', async () => {
    const good = answer();
    turnstile.answer = (response) =>
      asJson(response, { success: true, action: 'registration', hostname: host, challenge_ts: ago(0) });
    const codes = await Promise.all(Array.from({ length: 6 }, () => tryWith(good)));
    expect(codes.sort()).toEqual([...Array<string>(5).fill(refused), passed]);
  });

  it('may come from the page at a host of a manager', async () => {
    const { id } = await createManager(server.db);
    await createManagerHost(server.db, id, 'portal.drugi.example');
    expect(await tryWith(answer({ hostname: 'portal.drugi.example' }))).toBe(passed);
  });

  it.each([
    ['another host', { hostname: 'evil.example' }],
    ['a host below ours', { hostname: `a.${host}` }],
    ['no host', { hostname: '' }],
    ['another action', { action: 'sign-in' }],
    ['no action', { action: '' }],
    ['more than five minutes ago', { challenge_ts: ago(5 * minute + 2000) }],
    ['a time to come', { challenge_ts: ago(-2 * minute) }],
    ['no time', { challenge_ts: 'yesterday' }],
  ])('is refused for %s', async (_, made) => {
    expect(await tryWith(answer(made))).toBe(refused);
    expect(turnstile.asked).toHaveLength(1);
  });

  it('is taken when our clock is a little behind', async () => {
    expect(await tryWith(answer({ challenge_ts: ago(-30_000) }))).toBe(passed);
  });

  it('is refused when Cloudflare refuses it', async () => {
    expect(await tryWith(turnstileAnswer('made-up'))).toBe(refused);
    const made = { action: 'registration', hostname: host, challenge_ts: ago(0) };
    turnstile.answer = (response) =>
      asJson(response, { success: false, 'error-codes': ['timeout-or-duplicate'], ...made });
    expect(await tryWith(answer())).toBe(refused);
  });

  it.each(['', 'x'.repeat(2049)])('is not even shown to Cloudflare when it cannot be one', async (token) => {
    expect(await tryWith(turnstileAnswer(token))).toBe(refused);
    expect(turnstile.asked).toEqual([]);
  });
});

describe('when Cloudflare cannot be asked', () => {
  it.each([
    ['answers 500', (response) => asJson(response, { success: true }, 500)],
    ['answers no JSON', (response) => response.writeHead(200).end('<html>')],
    ['answers another JSON', (response) => asJson(response, { ok: 'yes' })],
    ['hangs up', (response) => response.destroy()],
    [
      'leads elsewhere',
      (response) => {
        const made = { success: true, action: 'registration', hostname: host, challenge_ts: ago(0) };
        if (response.req.url?.endsWith('?elsewhere')) asJson(response, made);
        else response.writeHead(307, { Location: '?elsewhere' }).end();
      },
    ],
    ['has a fault of its own', (response) => asJson(response, { success: false, 'error-codes': ['internal-error'] })],
    [
      'does not know our key',
      (response) => asJson(response, { success: false, 'error-codes': ['invalid-input-secret'] }),
    ],
  ] satisfies [string, NonNullable<TurnstileStandIn['answer']>][])('is unavailable: it %s', async (_, answering) => {
    turnstile.answer = answering;
    expect(await tryWith(answer())).toBe(unavailable);
  });

  it('does not wait for ever', async () => {
    turnstile.answer = () => undefined;
    expect(await tryWith(answer())).toBe(unavailable);
  });

  it('asks a second time under the same key, so that a lost answer is not a used token', async () => {
    let isFirst = true;
    const good = answer();
    const made = { success: true, action: 'registration', hostname: host, challenge_ts: ago(0) };
    turnstile.answer = (response) => {
      if (!isFirst) return asJson(response, made);
      isFirst = false;
      response.destroy();
    };
    expect(await tryWith(good)).toBe(passed);
    const [first, second] = turnstile.asked;
    expect(second).toEqual(first);
    expect(first?.idempotency_key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes the solution of a challenge of our own instead, at four times the work', async () => {
    const solve = async (action: HumanCheckAction) => {
      const challenge = (await server.api(createHumanCheck, { query: { action } })).body
        .challenge as never as Challenge;
      const solution = await solveChallenge({ challenge, deriveKey });
      return { solution, answer: Buffer.from(JSON.stringify({ challenge, solution })).toString('base64') };
    };
    const solved = await Promise.all(Array.from({ length: 20 }, () => solve('registration')));
    // The most work is 3 in the settings; a challenge costs between a third of the most and the most.
    for (const { solution } of solved) expect(solution?.counter).toBeGreaterThanOrEqual(4);
    const { answer: good } = solved[0]!;
    expect(await tryWith(good)).toBe(passed);
    expect(await tryWith(good)).toBe(refused);
    expect(await tryWith((await solve('sign-in')).answer)).toBe(refused);
    expect(turnstile.asked).toEqual([]);
  });
});

describe('the page that shows Turnstile', () => {
  const page = (query: string) => fetch(`${server.url}${humanCheckPagePath}${query}`);

  it('lets in nothing but Turnstile and what is its own', async () => {
    const response = await page('?action=sign-in&language=sl&theme=dark');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
    expect(policy.split('; ').sort()).toEqual(
      [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' ${turnstile.origin}`,
        `style-src 'nonce-${nonce}'`,
        `frame-src ${turnstile.origin}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].sort(),
    );
    const html = await response.text();
    expect(html).toContain('<html lang="sl" data-theme="dark">');
    expect(html).toContain('data-action="sign-in"');
    expect(html).toContain('Preverjamo, da niste robot');
    expect(html).not.toContain(secretKey);
    expect(html.match(/<(script|style)[^>]*>/g)).toEqual([`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
    const again = (await page('?action=sign-in&language=sl&theme=dark')).headers.get('Content-Security-Policy');
    expect(again).not.toBe(policy);
  });

  it('speaks English too', async () => {
    expect(await (await page('?action=registration&language=en&theme=light')).text()).toContain('<html lang="en"');
  });

  it.each([
    '',
    '?action=x&language=sl&theme=dark',
    '?action=sign-in&language=%22%3E&theme=dark',
    '?action=sign-in&language=sl&theme=dark&x=1',
  ])('is not there for %j', async (query) => {
    const response = await page(query);
    expect(response.status).toBe(400);
    expect(response.headers.get('Content-Type')).toMatch(/problem\+json/);
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it('is not there where Turnstile is not in use', async () => {
    const other = await startTestServer({ config: { humanCheck: 'altcha' } });
    const response = await fetch(`${other.url}${humanCheckPagePath}?action=sign-in&language=sl&theme=dark`);
    expect(response.status).toBe(404);
    await other.close();
  });
});
