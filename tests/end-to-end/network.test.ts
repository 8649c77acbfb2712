import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ErrorCode } from '../../contract/errors.ts';
import { aManager, anAccount, anImport, json, problem, sessionOf } from '../helpers/portal-stand-in.ts';
import { createApp, type App } from './app.ts';

/*
 * Uploads and letters over the network of the real application, which is Chromium's. What it makes of answers that come
 * early, late or never only shows here.
 */

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const largeBytes = 64 * 1024 * 1024;
let app: App;
let server: Server;
let folder: string;
let answerImport: Answering;
let answerLetters: Answering;

const answers: Record<string, Answering> = {
  'GET /portal': (_, response) =>
    json(response, 200, { product: 'iiPortal', version: '1', manager: null, managers: [], humanCheck: 'off' }),
  'POST /session': (_, response) => json(response, 201, { token: 'token-1', session: sessionOf(anAccount) }),
  'GET /session': (_, response) => json(response, 200, sessionOf(anAccount)),
  'POST /office/imports': (request, response) => answerImport(request, response),
  'POST /office/slip-passwords': (request, response) => answerLetters(request, response),
};

async function received(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
}

/** Puts the file into an input of the page, as a person does, and sends it over the bridge. */
async function upload(name: string) {
  await app.page.setContent('<input type="file">');
  const input = app.page.locator('input');
  await input.setInputFiles(join(folder, name));
  return input.evaluate((element, managerId) => {
    const { office } = window.desktop;
    return office.uploadBillingFile((element as HTMLInputElement).files![0]!, managerId);
  }, aManager);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iiportal-upload-'));
  await writeFile(join(folder, 'empty.csv'), '');
  await writeFile(join(folder, 'small.csv'), 'sifra_placnika;znesek\n');
  await writeFile(join(folder, 'large.csv'), Buffer.alloc(largeBytes, 'sifra;znesek\n'));
  server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!.replace('/api/v1', '');
    const answer = answers[`${request.method} ${path}`] ?? ((_, to: ServerResponse) => problem(to, 'not_found'));
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  app = await createApp();
  const page = await app.open();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signedIn = await page.evaluate(async (portal) => {
    const desktop = window.desktop;
    await desktop.portal.set(portal);
    return desktop.session.signIn({ email: 'ana@primer.si', password: 'x' });
  }, address);
  expect(signedIn).toMatchObject({ ok: true });
});

afterAll(async () => {
  await app.remove();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it.each(['empty.csv', 'small.csv', 'large.csv'])('waits for the answer that comes late after %s', async (name) => {
  let bytes = 0;
  answerImport = (request, response) =>
    void received(request).then(async (count) => {
      bytes = count;
      await sleep(2000);
      json(response, 202, anImport);
    });
  expect(await upload(name)).toEqual({ ok: true, value: anImport });
  expect(bytes).toBe({ 'empty.csv': 0, 'small.csv': 22, 'large.csv': largeBytes }[name]);
});

async function refusesEarly(code: ErrorCode): Promise<void> {
  answerImport = (request, response) =>
    request.once('data', () => {
      problem(response, code);
      // What a server does that wants no more of it.
      response.once('finish', () => setTimeout(() => request.socket.destroySoon(), 50));
    });
  expect(await upload('large.csv')).toMatchObject({ ok: false, problem: { code } });
}

it.each(['body_too_large', 'import_running'] as const)(
  'takes a refusal that comes before the whole file: %s',
  refusesEarly,
);

it.each([
  ['at once', (request: IncomingMessage) => request.socket.destroy()],
  ['in the middle', (request: IncomingMessage) => request.once('data', () => request.socket.destroy())],
  ['after the last byte', (request: IncomingMessage) => void received(request).then(() => request.socket.destroy())],
])('says so when the connection breaks %s', async (_, answering) => {
  answerImport = answering;
  expect(await upload('large.csv')).toMatchObject({ ok: false, problem: { code: 'offline' } });
});

it.each([302, 307])('follows no redirect (%i): that is not the portal', async (status) => {
  answerImport = (request, response) => {
    request.resume();
    response.writeHead(status, { Location: 'https://elsewhere.example/' }).end();
  };
  expect(await upload('small.csv')).toMatchObject({ ok: false, problem: { code: 'not_a_portal' } });
});

it('breaks the connection off when the upload is called off', async () => {
  const broken = new Promise<void>((resolve) => {
    answerImport = (request) => {
      request.once('data', () => {
        void app.page.evaluate(() => window.desktop.office.cancelUpload());
      });
      request.once('close', resolve);
    };
  });
  expect(await upload('large.csv')).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
  await broken;
});

it('says that letters are lost once the request was sent, and offline before', async () => {
  await app.saveTo(join(folder, 'letters.pdf'));
  const save = () =>
    app.page.evaluate(
      (managerId) =>
        window.desktop.office.saveSlipPasswords({
          ...{ order: { allWithoutAccount: true }, form: 'letters', managerId, fileName: 'letters.pdf' },
        }),
      aManager,
    );
  answerLetters = (request) => void received(request).then(() => request.socket.destroy());
  expect(await save()).toMatchObject({ ok: false, problem: { code: 'letters_lost' } });
  const { port } = server.address() as AddressInfo;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await save()).toMatchObject({ ok: false, problem: { code: 'offline' } });
  await once(server.listen(port, '127.0.0.1'), 'listening');
});

it('takes the news, before the whole file, that the session has been ended', () => refusesEarly('session_displaced'));
