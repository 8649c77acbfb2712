import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OfflineState } from '../../../contract/desktop/api.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import { eventually } from '../../helpers/eventually.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import type { MainProcess, MainProcessOptions } from '../../helpers/main-process.ts';
import { json, problem } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';
import { payerOf, pdfOf, slipOf, startResidentPortal } from './resident-portal.ts';

const credentials = { email: 'ana@primer.si', password: 'Geslo123!' };

async function setUp(months: number, options: Partial<MainProcessOptions> = {}) {
  const portal = await startResidentPortal(months);
  const keytar = new FakeKeytar();
  const userData = await temporaryFolder();
  const start = (more: Partial<MainProcessOptions> = {}) =>
    startMainProcess({ userData, keytar, portal: portal.origin, ...options, ...more });
  return { portal, keytar, userData, offline: join(userData, 'offline'), start };
}

const stateOf = async (main: MainProcess) => (await main.send(channels.offlineState)) as OfflineState;
const reaches = (main: MainProcess, expected: Partial<OfflineState>) =>
  eventually(async () => expect(await stateOf(main)).toMatchObject(expected));

const signIn = async (main: MainProcess) =>
  expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });

/** Signed in, and everything is there. */
async function whole(months: number, options: Partial<MainProcessOptions> = {}) {
  const computer = await setUp(months, options);
  const main = await computer.start();
  await signIn(main);
  main.offline.start();
  await reaches(main, { status: 'done' });
  return { ...computer, main };
}

const status = async (main: MainProcess, path: string) => (await main.get(`/api/v1${path}`)).status;
const textOf = async (main: MainProcess, path: string) => await (await main.get(`/api/v1${path}`)).text();

describe('fetching ahead', () => {
  test('brings lists, slips and PDFs of 24 months, and all of it opens without a connection after a restart', async () => {
    const { portal, main, start } = await whole(30);
    expect(await stateOf(main)).toMatchObject({ done: 24, total: 24, asOf: '2026-11-23T08:00:00.000Z' });
    const asked = portal.asked();
    expect(asked.filter((each) => each.includes('/pdf'))).toHaveLength(24);
    expect(asked.filter((each) => /slips\/\w/.test(each)).every((each) => each.endsWith('?ahead=1'))).toBe(true);
    await portal.stop();
    const again = await start();
    expect(await stateOf(again)).toMatchObject({ done: 24, total: 24, asOf: '2026-11-23T08:00:00.000Z' });
    const list = await again.get('/api/v1/slips?limit=24');
    expect(list.headers.get('iiportal-as-of')).toBe('2026-11-23T08:00:00.000Z');
    const { nextCursor } = (await list.json()) as { nextCursor: string };
    expect(await status(again, `/slips?limit=24&cursor=${nextCursor}`)).toBe(200);
    for (const slip of portal.slips.slice(0, 24)) {
      expect(JSON.parse(await textOf(again, `/slips/${slip.id}`))).toMatchObject({ number: slip.number });
      expect(await textOf(again, `/slips/${slip.id}/pdf`)).toBe(pdfOf(slip));
    }
    expect(await status(again, `/slips/${portal.slips[24]!.id}/pdf`)).toBe(503);
  });

  test('is for residents: of who has no slips, nothing is asked but who they are', async () => {
    const { portal, start } = await setUp(3);
    portal.payers = [];
    const main = await start();
    await signIn(main);
    main.offline.start();
    await eventually(() => expect(main.offlineStates.at(-1)).toMatchObject({ status: 'nothing' }));
    expect(portal.asked()).toEqual([]);
  });

  test('asks for the list of each payer where there is a choice, and for no PDF where there is none', async () => {
    const { portal, start } = await setUp(2);
    portal.payers = [payerOf(1), payerOf(2)];
    portal.slips.push(slipOf(5, { payerId: payerOf(2).id, channel: 'none' }));
    const main = await start();
    await signIn(main);
    main.offline.start();
    await reaches(main, { status: 'done', done: 3 });
    expect(portal.asked().filter((each) => each.endsWith('/pdf?ahead=1'))).toHaveLength(2);
    await portal.stop();
    for (const { id } of portal.payers) expect(await status(main, `/slips?limit=24&payerId=${id}`)).toBe(200);
    expect(await status(main, `/slips/${portal.slips[2]!.id}`)).toBe(200);
  });

  test('asks for nothing twice, but for what the list says is another, and keeps nothing that is listed no more', async () => {
    const { portal, main, start } = await whole(4);
    const [, replaced, withdrawn] = portal.slips;
    portal.slips = portal.slips.filter((slip) => slip !== withdrawn);
    portal.slips[1] = { ...replaced!, totalCents: 12345 };
    portal.requests.length = 0;
    const again = await start();
    again.offline.start();
    await eventually(() => expect(again.offlineStates.at(-1)).toMatchObject({ status: 'done', done: 3 }));
    const { id } = replaced!;
    expect(portal.asked()).toEqual(['GET /slips?limit=24', `GET /slips/${id}?ahead=1`, `GET /slips/${id}/pdf?ahead=1`]);
    await portal.stop();
    expect(JSON.parse(await textOf(again, `/slips/${id}`))).toMatchObject({ totalCents: 12345 });
    for (const path of ['', '/pdf']) expect(await status(again, `/slips/${withdrawn!.id}${path}`)).toBe(503);
    expect(main.lines.join('')).not.toContain('error');
  });

  test('fetches what was damaged on the disk once more', async () => {
    const { portal, offline, start } = await whole(2);
    const files = (await readdir(offline)).filter((name) => name.endsWith('.document'));
    expect(files).toHaveLength(2);
    for (const name of files) await writeFile(join(offline, name), Buffer.alloc(50));
    const again = await start();
    again.offline.start();
    await eventually(() => expect(again.offlineStates.at(-1)).toMatchObject({ status: 'done' }));
    await portal.stop();
    for (const slip of portal.slips) expect(await textOf(again, `/slips/${slip.id}/pdf`)).toBe(pdfOf(slip));
  });

  test('waits while a person waits for an answer', async () => {
    const { portal, start } = await setUp(3);
    let answer: () => void = () => undefined;
    portal.answer('GET /account/notifications', (_, response) => (answer = () => json(response, 200, { items: [] })));
    const main = await start();
    await signIn(main);
    const own = main.get('/api/v1/account/notifications');
    await eventually(() => expect(portal.requests.some(({ url }) => url.endsWith('notifications'))).toBe(true));
    main.offline.start();
    await reaches(main, { status: 'fetching' });
    expect(portal.asked()).toEqual([]);
    answer();
    await own;
    await reaches(main, { status: 'done' });
  });
});

describe('fetching ahead stops', () => {
  /** Is asked for the second PDF, and answers it when the test says so. */
  async function inTheMiddle(options: Partial<MainProcessOptions> = {}) {
    const computer = await setUp(4, options);
    const { portal } = computer;
    let seen = 0;
    let goOn: () => void = () => undefined;
    const isThere = new Promise<void>((resolve) => {
      portal.onPdf = (response) => {
        if (++seen !== 2) return false;
        goOn = () => response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF second');
        resolve();
        return true;
      };
    });
    const main = await computer.start();
    await signIn(main);
    main.offline.start();
    await isThere;
    return { ...computer, main, goOn: () => goOn() };
  }

  test('when the person says so, also for the next start, and goes on when they do', async () => {
    const { main, goOn, portal, start } = await inTheMiddle();
    await main.send(channels.setFetching, false);
    goOn();
    await eventually(() => expect(main.offlineStates.at(-1)).toMatchObject({ status: 'paused', done: 2, total: 4 }));
    expect(portal.asked().filter((each) => each.includes('/pdf'))).toHaveLength(2);
    const again = await start();
    again.offline.start();
    await eventually(() => expect(again.offlineStates.at(-1)).toMatchObject({ status: 'paused' }));
    expect(portal.asked().filter((each) => each.includes('/pdf'))).toHaveLength(2);
    await again.send(channels.setFetching, true);
    await reaches(again, { status: 'done', done: 4 });
    expect(portal.asked().filter((each) => each.includes('/pdf'))).toHaveLength(4);
  });

  test('on a connection that costs by the byte', async () => {
    const { main, goOn } = await inTheMiddle();
    await main.send(channels.setMetered, true);
    goOn();
    await eventually(() => expect(main.offlineStates.at(-1)).toMatchObject({ status: 'metered', done: 2 }));
    await main.send(channels.setMetered, false);
    await reaches(main, { status: 'done', done: 4 });
  });

  test('when the portal is gone, and goes on where it was when it is back', async () => {
    const { main, portal } = await inTheMiddle();
    await portal.stop();
    await reaches(main, { status: 'offline', done: 1, total: 4 });
    await portal.start();
    portal.requests.length = 0;
    await main.send(channels.lookForPortal);
    await reaches(main, { status: 'done', done: 4 });
    expect(main.backs).toHaveLength(1);
    expect(portal.asked().filter((each) => each.includes('/pdf'))).toHaveLength(3);
  });

  test('with the session: whoever signs out leaves nothing, and nothing comes after', async () => {
    const { main, goOn, offline, portal, keytar } = await inTheMiddle();
    await main.send(channels.signOut);
    const asked = portal.asked().length;
    goOn();
    await reaches(main, { status: 'nothing' });
    await eventually(() => expect(main.offlineStates.at(-1)).toMatchObject({ status: 'nothing' }));
    await expect(readdir(offline)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(keytar.entries.size).toBe(0);
    expect(portal.asked()).toHaveLength(asked);
  });

  test('when the session was taken over: what is here is locked', async () => {
    const { main, goOn, portal } = await inTheMiddle();
    portal.answer('GET /slips', (_, response) => problem(response, 'session_displaced'));
    expect(await status(main, '/slips?limit=24')).toBe(401);
    goOn();
    await reaches(main, { status: 'nothing' });
    await portal.stop();
    expect(await status(main, `/slips/${portal.slips[0]!.id}`)).toBe(401);
  });

  test('at another portal: nobody there is shown the token of the first', async () => {
    const { main, goOn, portal, offline } = await inTheMiddle();
    const other = await startResidentPortal(2);
    expect(await main.send(channels.portalSet, other.origin)).toMatchObject({ ok: true });
    goOn();
    await expect(readdir(offline)).rejects.toMatchObject({ code: 'ENOENT' });
    other.signInAs('b'.repeat(32), 'token-of-the-other');
    await signIn(main);
    await reaches(main, { status: 'done', done: 2 });
    const tokens = (requests: typeof portal.requests) =>
      new Set(requests.map(({ headers }) => headers.authorization).filter((given) => given !== undefined));
    expect(tokens(other.requests)).toEqual(new Set(['Bearer token-of-the-other']));
    expect(tokens(portal.requests)).toEqual(new Set(['Bearer token-1']));
    await portal.stop();
    await other.stop();
    expect(await textOf(main, `/slips/${other.slips[0]!.id}/pdf`)).toBe(pdfOf(other.slips[0]!));
  });
});

describe('a portal that answers badly', () => {
  test.each([
    [
      'breaks off in the middle of a PDF',
      (write: (bytes: string) => void, end: () => void) => (write('%PDF-1'), end()),
    ],
    ['closes the connection without a word', (_: unknown, end: () => void) => end()],
  ])('and %s: nothing of it is kept, and the rest comes later', async (_, breakOff) => {
    const { portal, start } = await setUp(3);
    let isBroken = true;
    portal.onPdf = (response) => {
      if (!isBroken) return false;
      response.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': '1000' });
      breakOff(
        (bytes) => response.write(bytes),
        () => setImmediate(() => response.destroy()),
      );
      return true;
    };
    const main = await start();
    await signIn(main);
    main.offline.start();
    await reaches(main, { status: 'offline', done: 0, total: 3 });
    isBroken = false;
    await main.send(channels.lookForPortal);
    await reaches(main, { status: 'done', done: 3 });
    await portal.stop();
    for (const slip of portal.slips) expect(await textOf(main, `/slips/${slip.id}/pdf`)).toBe(pdfOf(slip));
  });

  test('as a page of a hotel does for it: nothing of it is kept, and what was kept is shown', async () => {
    const { portal, main } = await whole(2);
    const path = `/slips/${portal.slips[0]!.id}`;
    portal.answer('GET /slips', (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>'));
    portal.otherwise((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Hotel'));
    for (const each of [path, `${path}/pdf`, '/slips?limit=24']) {
      const answer = await main.get(`/api/v1${each}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('iiportal-as-of')).not.toBeNull();
      expect(await answer.text()).not.toContain('<h1>');
    }
  });

  test('for one slip alone: the others come all the same', async () => {
    const { portal, start } = await setUp(3);
    let refused = false;
    portal.onPdf = (response) => {
      if (refused) return false;
      refused = true;
      problem(response, 'document_failed');
      return true;
    };
    const main = await start();
    await signIn(main);
    main.offline.start();
    await reaches(main, { status: 'done', done: 3 });
    expect(portal.asked().filter((each) => each.includes('/pdf'))).toHaveLength(3);
  });
});

describe('what is kept', () => {
  test('is set aside when its key is gone, fetched anew, and then thrown away', async () => {
    const { portal, keytar, userData, start } = await whole(2);
    const key = [...keytar.entries.keys()].find((name) => name.endsWith('offline key'))!;
    keytar.entries.delete(key);
    const again = await start();
    expect(await status(again, '/session')).toBe(200);
    expect(await readdir(userData)).toContain('offline.unreadable');
    await portal.stop();
    expect(await status(again, `/slips/${portal.slips[0]!.id}`)).toBe(503);
    await portal.start();
    await again.send(channels.lookForPortal);
    again.offline.start();
    await eventually(() => expect(again.offlineStates.at(-1)).toMatchObject({ status: 'done', done: 2 }));
    expect(await readdir(userData)).not.toContain('offline.unreadable');
    await portal.stop();
    expect(await textOf(again, `/slips/${portal.slips[0]!.id}/pdf`)).toBe(pdfOf(portal.slips[0]!));
  });

  test('by a newer version stays for it: the older one keeps nothing, and the person stays signed in', async () => {
    const { offline, portal, start } = await whole(2);
    const marker = join(offline, 'format.json');
    await writeFile(marker, '{"format":3}');
    const names = await readdir(offline);
    const older = await start();
    expect(await status(older, '/session')).toBe(200);
    expect(await stateOf(older)).toMatchObject({ status: 'newer', done: 0 });
    older.offline.start();
    await status(older, '/slips?limit=24');
    expect(await readdir(offline)).toEqual(names);
    await portal.stop();
    expect(await status(older, '/slips?limit=24')).toBe(503);
    await writeFile(marker, JSON.stringify({ format: 2, keyId: 'of another key' }));
    expect(await status(await start(), '/session'), 'back, but the marker is of another key').toBe(503);
  });

  test('is not kept without a keychain, and the state says why', async () => {
    const { keytar, start } = await setUp(2);
    keytar.failure = 'Cannot autolaunch D-Bus without X11 $DISPLAY';
    const main = await start();
    await signIn(main);
    main.offline.start();
    await reaches(main, { status: 'no_keychain', done: 0, bytes: 0 });
  });

  test('goes when the computer is to forget, also without a connection: key first, then files, then the rest', async () => {
    const { main, portal, keytar, userData, offline } = await whole(2, { tempFolder: await temporaryFolder() });
    await main.send(channels.setColumns, { table: 'payers', columns: ['name'] });
    await portal.stop();
    const seen: string[][] = [];
    keytar.onCall = async (call) => {
      if (call.startsWith('delete') && !call.includes('probe'))
        seen.push([call.split(' ').at(-1)!, String((await readdir(offline).catch(() => [])).length > 0)]);
    };
    onTestFinished(() => void (keytar.onCall = () => undefined));
    expect(await main.send(channels.forgetComputer)).toEqual({ ok: true, value: null });
    expect(seen).toEqual([
      ['key', 'true'],
      ['session', 'false'],
    ]);
    expect(keytar.entries.size).toBe(0);
    expect(await readdir(userData)).toEqual(['settings.json']);
    expect(main.settings.get()).toMatchObject({ signedIn: null, columns: {}, portal: portal.origin });
    expect(main.cleared).toBe(1);
  });
});
