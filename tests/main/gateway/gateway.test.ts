import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { operations } from '../../../contract/api.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import { pathOf } from '../../../contract/endpoint.ts';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { aSlip, anAccount, json, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const anotherSlip = 'f'.repeat(32);
const credentials = { email: 'ana@primer.si', password: 'Geslo123!' };
const token = 'token-that-must-stay-hidden-0123456789';

async function signedIn() {
  const portal = await startPortalStandIn();
  portal.signInAs(anAccount, token);
  const keytar = new FakeKeytar();
  const userData = await temporaryFolder();
  const start = () => startMainProcess({ userData, keytar, portal: portal.origin });
  const main = await start();
  expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
  const slips = { items: [], nextCursor: null };
  portal.answer('GET /slips', (_, response) => json(response, 200, slips));
  return { portal, main, keytar, userData, start };
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('the gateway', () => {
  test('forwards with the token where the operation needs one, and without where it does not', async () => {
    const { portal, main } = await signedIn();
    portal.requests.length = 0;
    expect((await main.get('/api/v1/slips?limit=5')).status).toBe(200);
    expect((await main.get('/api/v1/portal')).status).toBe(200);
    expect(portal.requests.find(({ url }) => url === '/api/v1/slips?limit=5')?.headers.authorization).toBe(
      `Bearer ${token}`,
    );
    const asked = portal.requests.filter(({ url }) => url === '/api/v1/portal');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('refuses what the contract does not declare, and asks nobody', async () => {
    const { portal, main } = await signedIn();
    portal.requests.length = 0;
    const cases = [
      ['/api/v1/nothing', 'GET', 404],
      ['/api/v1/slips/..%2f..%2fsecret', 'GET', 404],
      [`/api/v1/slips/${aSlip}/pdf/more`, 'GET', 404],
      ['/api/v1/slips', 'DELETE', 405],
    ] as const;
    for (const [path, method, status] of cases) {
      expect((await main.get(path, { method })).status, `${method} ${path}`).toBe(status);
    }
    expect(portal.requests.filter(({ url }) => !/session$|portal$/.test(url))).toEqual([]);
    expect(portal.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  const ofMain = (operations as readonly Endpoint[]).filter(({ via }) => via === 'main');

  test.each(ofMain.map((operation) => [operation.id, operation] as const))(
    'leaves %s to the main process: the page is refused, and nobody is asked',
    async (_, operation) => {
      const { portal, main } = await signedIn();
      const params = Object.fromEntries(
        Object.keys(operation.params.shape).map((name) => [name, name === 'year' ? '2026' : aSlip]),
      );
      const { method } = operation;
      const body = method === 'GET' ? null : '{}';
      await expect.poll(() => portal.requests).toHaveLength(3);
      const answer = await main.get(pathOf(operation, params), { method, body });
      expect(answer.status).toBe(403);
      expect(portal.requests, 'the sign-in and what it fetches ahead').toHaveLength(3);
    },
  );

  test('sends a picture as its bytes, and brings it back', async () => {
    const { portal, main } = await signedIn();
    const picture = Buffer.from('\u00ff\u00d8\u00ff\u0000\u0001 šč', 'latin1');
    portal.answer('PUT /office/settings/logo', (_, response) => json(response, 200, { hasLogo: true }));
    portal.answer('GET /office/settings/logo', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'image/jpeg' });
      response.end(picture);
    });
    const [path, headers] = ['/api/v1/office/settings/logo', { 'Content-Type': 'image/jpeg' }];
    expect((await main.get(path, { method: 'PUT', body: picture, headers })).status).toBe(200);
    const sent = portal.requests.find(({ method }) => method === 'PUT');
    expect(sent?.body).toEqual(picture);
    expect(sent?.headers['content-type']).toBe('image/jpeg');
    expect(sent?.headers.authorization).toBe(`Bearer ${token}`);
    const shown = await main.get(path);
    expect(shown.headers.get('Content-Type')).toBe('image/jpeg');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(picture);
  });

  test('sends nothing under a name that the operation does not take', async () => {
    const { portal, main } = await signedIn();
    for (const type of ['text/html', 'image/svg+xml', 'image/png, text/html', '']) {
      const headers = { 'Content-Type': type };
      const answer = await main.get('/api/v1/office/settings/logo', { method: 'PUT', body: 'x', headers });
      expect(await codeOf(answer)).toBe('unsupported_media_type');
    }
    expect(portal.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('refuses a body of more than 1 MB', async () => {
    const { main } = await signedIn();
    const response = await main.get('/api/v1/registrations', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(await codeOf(response)).toBe('body_too_large');
  });

  test('never lets the token out: not by headers, bodies, bridge or log', async () => {
    const { portal, main } = await signedIn();
    const answers = [await main.send(channels.signIn, credentials), await main.send(channels.shellInfo)];
    const texts = [JSON.stringify(answers), main.lines.join('')];
    portal.answer('GET /slips', (_, response) => {
      response.setHeader('Set-Cookie', `session=${token}`);
      response.setHeader('X-Echo', token);
      json(response, 200, {});
    });
    for (const path of ['/session', '/portal', '/slips']) {
      const response = await main.get(`/api/v1${path}`);
      texts.push(JSON.stringify([...response.headers]), await response.text());
    }
    for (const text of texts) expect(text).not.toContain(token);
  });

  test('marks every API answer no-store and nosniff', async () => {
    const { main } = await signedIn();
    for (const path of ['/api/v1/portal', '/api/v1/nothing']) {
      const { headers } = await main.get(path);
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
  });
});

describe('without a network', () => {
  test('what is kept is answered with the time it was fetched, also after a restart', async () => {
    const { portal, main, start } = await signedIn();
    const pdf = Buffer.from('%PDF-1.7 \u0000\u0001 šč');
    portal.answer(`GET /slips/${aSlip}/pdf`, (_, response) => {
      response.writeHead(200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': 'attachment; filename="r.pdf"',
      });
      response.end(pdf);
    });
    const online = await main.get(`/api/v1/slips/${aSlip}/pdf`);
    expect(online.headers.get('iiportal-as-of')).toBeNull();
    await main.get('/api/v1/slips?limit=10&payerId=' + aSlip);
    await portal.stop();

    for (const process of [main, await start()]) {
      const offline = await process.get(`/api/v1/slips/${aSlip}/pdf`);
      expect(offline.status).toBe(200);
      expect(offline.headers.get('iiportal-as-of')).toBe('2026-11-23T08:00:00.000Z');
      expect(offline.headers.get('Content-Type')).toBe('application/pdf');
      expect(offline.headers.get('Content-Disposition')).toBe('inline; filename="r.pdf"');
      expect(Buffer.from(await offline.arrayBuffer())).toEqual(pdf);
      // The order of the parameters does not matter, their values do.
      expect((await process.get(`/api/v1/slips?payerId=${aSlip}&limit=10`)).status).toBe(200);
      expect(await codeOf(await process.get('/api/v1/slips?limit=11'))).toBe('offline');
    }
  });

  test('who was signed in still is, after a restart', async () => {
    const { portal, main, start } = await signedIn();
    await main.get('/api/v1/session');
    await portal.stop();
    const again = await (await start()).get('/api/v1/session');
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ account: { id: anAccount } });
  });

  test('what the contract does not mark offline is not kept', async () => {
    const { portal, main } = await signedIn();
    portal.answer('GET /office/payers', (_, response) =>
      json(response, 200, { items: [], nextCursor: null, total: 0 }),
    );
    expect((await main.get('/api/v1/office/payers')).status).toBe(200);
    await portal.stop();
    const offline = await main.get('/api/v1/office/payers');
    expect(offline.status).toBe(503);
    expect(await codeOf(offline)).toBe('offline');
  });

  test("a proxy's 502 counts as no network, the portal's own refusals do not", async () => {
    const { portal, main } = await signedIn();
    await main.get('/api/v1/slips');
    portal.answer('GET /slips', (_, response) => response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>'));
    expect((await main.get('/api/v1/slips')).headers.get('iiportal-as-of')).not.toBeNull();
    for (const code of ['unavailable', 'rate_limited', 'internal'] as const) {
      portal.answer('GET /slips', (_, response) => problem(response, code));
      expect(await codeOf(await main.get('/api/v1/slips'))).toBe(code);
    }
  });

  test('an answer that was cut off is not kept and not shown', async () => {
    const { portal, main } = await signedIn();
    await main.get('/api/v1/slips');
    portal.answer('GET /slips', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"items":[');
      setTimeout(() => response.destroy(), 20);
    });
    const kept = await main.get('/api/v1/slips');
    expect(kept.headers.get('iiportal-as-of')).not.toBeNull();
    expect(await kept.json()).toEqual({ items: [], nextCursor: null });
  });

  test('a slip that the portal no longer shows is not shown from the cache either', async () => {
    const { portal, main } = await signedIn();
    portal.answer(`GET /slips/${aSlip}`, (_, response) => json(response, 200, { id: aSlip }));
    const aPdf = (_: unknown, response: ServerResponse) =>
      void response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF');
    for (const id of [aSlip, anotherSlip]) portal.answer(`GET /slips/${id}/pdf`, aPdf);
    await main.get(`/api/v1/slips/${aSlip}`);
    for (const id of [aSlip, anotherSlip]) await main.get(`/api/v1/slips/${id}/pdf`);
    portal.answer(`GET /slips/${aSlip}`, (_, response) => problem(response, 'not_found'));
    await main.get(`/api/v1/slips/${aSlip}`);
    await portal.stop();
    expect(await codeOf(await main.get(`/api/v1/slips/${aSlip}`))).toBe('offline');
    expect(await codeOf(await main.get(`/api/v1/slips/${aSlip}/pdf`)), 'nor its PDF').toBe('offline');
    expect((await main.get(`/api/v1/slips/${anotherSlip}/pdf`)).status).toBe(200);
  });

  test('a PDF that the payer may no longer have is gone, the slip stays', async () => {
    const { portal, main } = await signedIn();
    portal.answer(`GET /slips/${aSlip}`, (_, response) => json(response, 200, { id: aSlip }));
    await main.get(`/api/v1/slips/${aSlip}`);
    portal.answer(`GET /slips/${aSlip}/pdf`, (_, response) => problem(response, 'e_invoice_required'));
    await main.get(`/api/v1/slips/${aSlip}/pdf`);
    await portal.stop();
    expect(await codeOf(await main.get(`/api/v1/slips/${aSlip}/pdf`))).toBe('offline');
    expect((await main.get(`/api/v1/slips/${aSlip}`)).status).toBe(200);
  });

  test('each page of a list is a record of its own', async () => {
    const { portal, main } = await signedIn();
    portal.answer('GET /slips', ({ url }, response) => json(response, 200, { items: [], nextCursor: url }));
    const pages = ['/api/v1/slips', '/api/v1/slips?cursor=AAAA', '/api/v1/slips?cursor=AAAB'];
    for (const page of pages) await main.get(page);
    await portal.stop();
    for (const page of pages) expect(await (await main.get(page)).json()).toMatchObject({ nextCursor: page });
  });
});

describe('a server that is no iiPortal', () => {
  test.each([
    ['a web page', 200, { 'Content-Type': 'text/html' }, '<html>'],
    ["somebody else's error page", 404, { 'Content-Type': 'text/html' }, '<html>'],
    ['a redirect, as captive portals send', 302, { Location: 'https://example.com/' }, ''],
    ["somebody else's problem", 400, { 'Content-Type': 'application/problem+json' }, '{"type":"about:blank"}'],
  ])('%s is not_a_portal', async (_, status, headers, body) => {
    const { portal, main } = await signedIn();
    portal.answer('GET /slips', (_request, response) => response.writeHead(status, headers).end(body));
    const answer = await main.get('/api/v1/slips');
    expect(answer.status).toBe(502);
    expect(await codeOf(answer)).toBe('not_a_portal');
  });

  test('a code of a newer server is passed on, not taken for a stranger', async () => {
    const { portal, main } = await signedIn();
    portal.answer('GET /slips', (_, response) =>
      response
        .writeHead(418, { 'Content-Type': 'application/problem+json' })
        .end(JSON.stringify({ type: 'iiportal:error:teapot', title: 'teapot', status: 418, code: 'teapot' })),
    );
    expect((await main.get('/api/v1/slips')).status).toBe(418);
  });
});
