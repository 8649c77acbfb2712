import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { createDiagnostics } from '../../../src-main/diagnostics/diagnostics.ts';
import { sayStartFailed } from '../../../src-main/diagnostics/start-failed.ts';
import { openSettings } from '../../../src-main/settings/settings.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { aManager, aSlip, json } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';
import { credentials, setUp } from '../session/set-up.ts';

const oddText = 'Ana Novak, ana@primer.si, SI56 1910 0000 0123 438, 1.204,55 EUR, plačnik 104211';

/** What the log and the details must never hold, whatever happens: who, what they owe, and what opens their session. */
const traces = /Novak|primer\.si|Geslo123|token-|1910 ?0000|204,55|104211|Čopova|Bearer|[0-9a-f]{32}/i;

test('neither the log nor the details hold anybody’s data after a day on which everything went wrong', async () => {
  const { main, portal } = await setUp();
  const slip = { id: aSlip, managerId: aManager, payerName: 'Ana Novak', payerCode: '104211', street: 'Čopova 8' };
  portal.answer('GET /slips', (_, response) => json(response, 200, { items: [slip], nextCursor: null }));
  portal.signInAs('a'.repeat(32), `token-${'x'.repeat(40)}`);
  expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
  await main.get('/api/v1/slips');
  // An answer that is none of the contract's, one that is cut off, one that is HTML, and no portal at all.
  portal.answer(`GET /slips/${aSlip}`, (_, response) => json(response, 500, { detail: oddText }));
  await main.get(`/api/v1/slips/${aSlip}`);
  portal.answer(`GET /slips/${aSlip}`, (_, response) => response.writeHead(200).end(`{"name": "${oddText}`));
  await main.get(`/api/v1/slips/${aSlip}`);
  portal.answer('GET /session', (_, response) => response.writeHead(200).end(`<p>${oddText}</p>`));
  await main.get('/api/v1/session');
  await main.send(channels.saveText, { fileName: 'Ana Novak.csv', text: oddText });
  await portal.stop();
  await main.get(`/api/v1/slips/${aSlip}?search=Novak`);
  main.log.error('uncaught', { error: new Error(oddText.replace('Ana Novak', '"Ana Novak"')), email: 'ana@primer.si' });
  const details = (await main.send(channels.readDiagnostics)) as string;
  expect(main.lines.length).toBeGreaterThan(0);
  expect(main.lines.join('')).not.toMatch(traces);
  expect(details).not.toMatch(traces);
  expect(details).toContain(main.lines.at(-1)!.trim());
});

test('the details say what helps: versions, system, keychain, what is kept, the last 200 lines', async () => {
  const { log } = memoryLog();
  const settings = await openSettings(join(await temporaryFolder(), 'settings.json'), log);
  const tail = vi.fn((count: number) => Promise.resolve(Array.from({ length: count }, (_, at) => `line ${at}`)));
  const deps = {
    versions: { version: '1.2.3', electron: '45.4.1' },
    system: () => 'win32 10.0.26100 x64',
    settings,
    keeping: () => Promise.resolve({ keychain: 'locked', disk: 'full' } as const),
    offline: () => Promise.resolve({ status: 'paused', done: 3, total: 24, bytes: 5 * 1024 * 1024 } as const),
    updates: () => ({ state: 'ready', version: '1.3.0' }) as const,
    clock: () => new Date('2026-11-24T08:00:00.000Z'),
    tail,
  };
  const text = await createDiagnostics(deps)();
  for (const fact of ['1.2.3', '45.4.1', 'win32 10.0.26100', 'locked', 'full', '3 of 24, 5.0 MB', 'ready, 1.3.0']) {
    expect(text).toContain(fact);
  }
  expect(text.match(/^line \d+$/gm)).toHaveLength(200);
  const broken = () => Promise.reject(new Error('no keychain'));
  expect(await createDiagnostics({ ...deps, keeping: broken, offline: broken })()).toMatch(/Keychain +unknown/);
});

test('a program that cannot start says so, and lets its details be copied before it ends', async () => {
  const copy = vi.fn();
  const answers = [0, 1];
  const ask = vi.fn(() => Promise.resolve({ response: answers.shift()! }));
  await sayStartFailed({ language: 'sl', ask, copy, diagnostics: () => Promise.resolve('iiPortal 1.2.3') });
  expect(ask).toHaveBeenCalledTimes(2);
  expect(ask).toHaveBeenCalledWith(expect.objectContaining({ message: 'iiPortal se ni mogel zagnati' }));
  expect(copy).toHaveBeenCalledExactlyOnceWith('iiPortal 1.2.3');
});

test('damaged settings are set aside again and again, and only the newest few stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-damaged-'));
  const { log } = memoryLog();
  for (let i = 0; i < 6; i++) {
    await writeFile(join(folder, 'settings.json'), `{"damage": ${i}`);
    await openSettings(join(folder, 'settings.json'), log);
  }
  expect((await readdir(folder)).length).toBeLessThanOrEqual(3);
});

test('nothing sends reports of crashes anywhere', async () => {
  const root = new URL('../../../src-main/', import.meta.url);
  for (const name of await readdir(root, { recursive: true })) {
    if (name.endsWith('.ts')) expect(await readFile(new URL(name, root), 'utf8'), name).not.toMatch(/crashReporter/);
  }
});
