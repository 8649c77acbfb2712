import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import type { PrintRun } from '../../../contract/print-runs.ts';
import { eventually } from '../../helpers/eventually.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { aManager, anAccount, json, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import type { Answering } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const id = 'f'.repeat(32);
const create = 'POST /office/print-runs';
const selection = { runId: 'e'.repeat(32) };
const plain = { order: { selection, form: 'pdf' }, managerId: aManager, fileName: 'razdelilniki.pdf' };
const withPasswords = { ...plain, order: { ...plain.order, slipPasswords: true } };

const aPrintRun = (slipsDone: number): PrintRun => ({
  ...{ id, runId: selection.runId, period: '2026-10', form: 'pdf', slipPasswords: false, state: 'running' },
  ...{ slips: 40, slipsDone, createdAt: '2026-11-23T08:00:00.000Z', createdBy: 'Ana Novak', finishedAt: null },
});

const head = { 'Content-Type': 'application/pdf', 'X-Print-Run': id };

/** Begins the file and leaves it at that, until the client goes away. */
const beginning: Answering = (_, response) => {
  response.writeHead(200, head);
  response.write('%PDF-1.7 ');
};

async function setUp(where: (name: string, folder: string) => string | null = (name, folder) => join(folder, name)) {
  const portal = await startPortalStandIn();
  const folder = await temporaryFolder();
  const kinds: string[] = [];
  const main = await startMainProcess({
    userData: await temporaryFolder(),
    keytar: new FakeKeytar(),
    portal: portal.origin,
    askWhere: ({ fileName, kind }) => {
      kinds.push(kind);
      return where(fileName, folder);
    },
  });
  portal.signInAs(anAccount, 'token-1');
  await main.send(channels.signIn, { email: 'ana@primer.si', password: 'x' });
  const ordered = () => portal.requests.filter(({ method, url }) => `${method} ${url}`.includes(`POST /api/v1/office`));
  return { portal, folder, main, kinds, ordered };
}

describe('a print run', () => {
  test('is written as it comes, and how far it is is told meanwhile', async () => {
    const { portal, folder, main, kinds, ordered } = await setUp();
    let done = 0;
    let end = (): void => undefined;
    portal.answer(`GET /office/print-runs/${id}`, (_, response) => {
      json(response, 200, aPrintRun((done += 7)));
      if (done === 14) end();
    });
    portal.answer(create, (request, response) => {
      beginning(request, response);
      end = () => void response.end('end');
    });
    expect(await main.send(channels.savePrintRun, plain)).toEqual({
      ok: true,
      value: { saved: true, fileName: 'razdelilniki.pdf' },
    });
    expect(await readFile(join(folder, 'razdelilniki.pdf'), 'utf8')).toBe('%PDF-1.7 end');
    // A slow machine may have asked once more before the file was through.
    expect(main.printed.slice(0, 2)).toEqual([
      { slips: 40, slipsDone: 7 },
      { slips: 40, slipsDone: 14 },
    ]);
    const [sent] = ordered();
    expect(JSON.parse(sent!.body.toString())).toEqual({ ...plain.order, bothSides: false, slipPasswords: false });
    expect([sent!.url, sent!.headers.accept]).toEqual([
      `/api/v1/office/print-runs?managerId=${aManager}`,
      expect.stringMatching(/^application\/pdf, /),
    ]);
    expect(kinds).toEqual(['pdf']);
    const asked = done;
    await sleep(1_200);
    expect(done).toBe(asked);
  });

  test('as single files is a ZIP', async () => {
    const { portal, folder, main, kinds } = await setUp();
    portal.answer(
      create,
      (_, response) => void response.writeHead(200, { 'Content-Type': 'application/zip' }).end('PK'),
    );
    const zip = { ...plain, order: { ...plain.order, form: 'zip' }, fileName: 'razdelilniki.zip' };
    expect(await main.send(channels.savePrintRun, zip)).toMatchObject({ value: { saved: true } });
    expect(await readFile(join(folder, 'razdelilniki.zip'), 'utf8')).toBe('PK');
    expect(kinds).toEqual(['zip']);
  });

  test('is not ordered when the user calls off, or nothing can be written there', async () => {
    for (const [where, answer] of [
      [() => null, { ok: true, value: { saved: false, fileName: null } }],
      [(name: string, folder: string) => join(folder, 'none', name), { ok: false, problem: { code: 'file_failed' } }],
    ] as const) {
      const { main, ordered } = await setUp(where);
      expect(await main.send(channels.savePrintRun, withPasswords)).toMatchObject(answer);
      expect(ordered()).toEqual([]);
    }
  });

  test.each([
    ['cancelled', plain],
    ['print_lost', withPasswords],
  ])('that is cancelled closes the connection and leaves no file: %s', async (code, print) => {
    const { portal, folder, main, ordered } = await setUp();
    const closed = vi.fn();
    portal.answer(create, (request, response) => {
      beginning(request, response);
      response.on('close', closed);
    });
    const saving = main.send(channels.savePrintRun, print);
    await eventually(async () => expect(await readdir(folder)).toHaveLength(1));
    await eventually(() => expect(ordered()).toHaveLength(1));
    expect(await main.send(channels.savePrintRun, plain)).toMatchObject({ problem: { code: 'print_running' } });
    await main.send(channels.cancelPrintRun);
    expect(await saving).toMatchObject({ ok: false, problem: { code } });
    await eventually(() => expect(closed).toHaveBeenCalled());
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['offline', plain],
    ['print_lost', withPasswords],
  ])('that breaks off leaves the old file as it was: %s', async (code, print) => {
    const { portal, folder, main } = await setUp();
    await writeFile(join(folder, 'razdelilniki.pdf'), 'old');
    portal.answer(create, (request, response) => {
      beginning(request, response);
      setTimeout(() => response.destroy(), 30);
    });
    expect(await main.send(channels.savePrintRun, print)).toMatchObject({ problem: { code } });
    expect(await readFile(join(folder, 'razdelilniki.pdf'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('with slip passwords: what the portal refuses, or never heard, is no loss', async () => {
    const { portal, main } = await setUp();
    const codeOf = async () => await main.send(channels.savePrintRun, withPasswords);
    for (const code of ['run_draft', 'forbidden', 'print_running', 'rate_limited'] as const) {
      portal.answer(create, (_, response) => problem(response, code));
      expect(await codeOf()).toMatchObject({ problem: { code } });
    }
    portal.answer(create, (_, response) => problem(response, 'internal'));
    expect(await codeOf()).toMatchObject({ problem: { code: 'print_lost' } });
    portal.answer(create, (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('Wi-Fi'));
    expect(await codeOf()).toMatchObject({ problem: { code: 'not_a_portal' } });
    await portal.stop();
    expect(await codeOf()).toMatchObject({ problem: { code: 'offline' } });
  });

  test('that learns that the session was ended elsewhere ends it here', async () => {
    const { portal, main } = await setUp();
    portal.answer(create, (_, response) => problem(response, 'session_displaced'));
    expect(await main.send(channels.savePrintRun, plain)).toMatchObject({ problem: { code: 'session_displaced' } });
    expect(main.endings).toMatchObject([{ code: 'session_displaced' }]);
  });
});
