import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import type { InvokeChannel } from '../../../src-main/ipc/handlers.ts';
import type { Sender } from '../../../src-main/ipc/register.ts';
import { good, id, invoked, mainFrame, openBridge, trusted } from './every-message.ts';

/** What the settings answer or keep: nothing else is done for it. */
const settled: readonly string[] = [channels.setColumns];

/** What no message takes. */
const bad: Partial<Record<InvokeChannel, unknown[]>> = {
  [channels.signIn]: [
    { email: 'a' },
    { email: 1, password: 'x' },
    ...[{ more: 1 }, { takeOver: 'yes' }, { secondFactor: '1'.repeat(31) }, { humanCheck: 1 }].map((change) => ({
      ...(good[channels.signIn] as object),
      ...change,
    })),
  ],
  [channels.changePassword]: [{ password: 'y' }, { currentPassword: 'x', password: 'y', device: 'z' }],
  [channels.deleteAccount]: [{}, { password: null }],
  [channels.saveAccountData]: [{ fileName: '../a.zip' }, { fileName: 'a.zip', path: '/tmp' }],
  [channels.saveSlipPdf]: [
    { id: '../x', fileName: 'a.pdf' },
    { id, fileName: '../a.pdf' },
    { id, fileName: 'a\\b' },
  ],
  [channels.openSlipPdf]: ['razdelilnik.exe', 'a.pdf.lnk', '.pdf', '-a.pdf', '../a.pdf', 'a.PDF\u202e'].map(
    (fileName) => ({
      id,
      fileName,
    }),
  ),
  [channels.prepareDrag]: [
    { id, fileName: 'a.exe' },
    { id, fileName: '../a.pdf' },
    { id: '../x', fileName: 'a.pdf' },
  ],
  [channels.shareSlipPdf]: [{ id, fileName: 'a.lnk' }],
  [channels.startDrag]: [{ id: '../x' }, { id, path: '/etc/passwd' }, { id, fileName: 'a.pdf' }],
  [channels.showSaved]: [{ fileName: '' }, { path: '/etc/passwd' }, { fileName: 'a.pdf', path: '/etc' }],
  [channels.openLink]: [null, { url: 'https://portal.vzorec.si' }],
  [channels.printSlipPdf]: [{ id: '../x' }, { id, silent: true }, {}],
  [channels.saveSlipYear]: [
    { year: 1999, fileName: 'a.zip' },
    { year: '2026', fileName: 'a.zip' },
    { year: 2026, payerId: '../x', fileName: 'a.zip' },
    { year: 2026, fileName: '../a.zip' },
  ],
  [channels.saveText]: [
    { fileName: 'C:x.csv', text: '' },
    { fileName: 'a.csv', text: 1 },
  ],
  [channels.uploadBillingFile]: [
    { path: '', managerId: id },
    { path: '/a', managerId: 'x' },
  ],
  [channels.saveSlipPasswords]: [
    { order: {}, form: 'list', managerId: id, fileName: 'a.csv' },
    { order: { payerIds: [] }, form: 'list', managerId: id, fileName: 'a.csv' },
    { order: { runId: id, buildingIds: [id] }, form: 'list', managerId: id, fileName: 'a.csv' },
    { order: { runId: id }, form: 'mail', managerId: id, fileName: 'a.csv' },
    { order: { runId: id }, form: 'list', managerId: id, fileName: '../a.csv' },
  ],
  [channels.savePrintRun]: [
    { order: { selection: { runId: id }, form: 'doc' }, managerId: id, fileName: 'a.pdf' },
    { order: { selection: { runId: id, all: true }, form: 'pdf' }, managerId: id, fileName: 'a.pdf' },
    { order: { selection: { runId: id }, form: 'pdf' }, managerId: id, fileName: '../a.pdf' },
  ],
  [channels.saveList]: [
    { list: 'accounts', params: {}, query: { managerId: id }, fileName: 'a.csv' },
    { list: 'payers', params: {}, query: { managerId: id, access: 'all' }, fileName: 'a.csv' },
    { list: 'payers', params: {}, query: { managerId: id }, fileName: '../a.csv' },
    { list: 'e-invoices', params: { id: '../x' }, query: { managerId: id, channel: 'bank' }, fileName: 'a.csv' },
    { list: 'e-invoices', params: { id }, query: { managerId: id, channel: 'email' }, fileName: 'a.csv' },
  ],
  [channels.answerHumanCheck]: ['payment', null],
  [channels.setLanguage]: ['de', null],
  [channels.setTheme]: ['blue', {}],
  [channels.setColumns]: [{ table: '../x', columns: [] }, { table: 'payers', columns: ['a b'] }, { table: 'payers' }],
};

let bridge: Awaited<ReturnType<typeof openBridge>>;
beforeEach(async () => (bridge = await openBridge()));

describe('the bridge', () => {
  test('answers the messages of the contract, all and no others', () => {
    expect(bridge.registered.sort()).toEqual(invoked.sort());
  });

  test.each(invoked)('%s is done for our own page', async (channel) => {
    await bridge.send(channel, trusted, good[channel]);
    if (!settled.includes(channel)) expect(bridge.done).toHaveBeenCalledOnce();
  });

  test('chosen columns are kept', async () => {
    await bridge.send(channels.setColumns, trusted, good[channels.setColumns]);
    expect(bridge.settings.get().columns).toEqual({ payers: ['code', 'name'] });
  });

  test.each(invoked)('%s is refused to everybody else', async (channel) => {
    const strangers = [
      { senderFrame: null },
      { senderFrame: { ...mainFrame, routingId: 8 } },
      { senderFrame: { ...mainFrame, processId: 4 } },
      { senderFrame: { ...mainFrame, url: 'https://example.com/' } },
      { senderFrame: { ...mainFrame, url: 'app://iiportal.example.com/' } },
      { senderFrame: { ...mainFrame, url: 'file:///index.html' } },
    ] as unknown as Sender[];
    for (const stranger of strangers) {
      await expect(bridge.send(channel, stranger, good[channel])).rejects.toThrow('refused');
    }
    expect(bridge.done).not.toHaveBeenCalled();
  });

  test.each(invoked)('%s is not done with arguments of another form', async (channel) => {
    const faults = [...(bad[channel] ?? []), 17, ['x'], { unknown: true }, 'x'.repeat(5000)];
    for (const fault of faults) {
      const answer = await bridge.send(channel, trusted, fault).catch((error: Error) => error.message);
      if (typeof answer === 'string') expect(answer).toBe('failed');
      else expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid_request' } });
    }
    await expect(bridge.send(channel, trusted, good[channel], 'one more')).rejects.toThrow('refused');
    expect(bridge.done).not.toHaveBeenCalled();
  });

  test('an unforeseen failure reaches the window as a code, without its text', async () => {
    bridge.done.mockImplementation(() => {
      throw new Error('/home/ana/secret path');
    });
    expect(await bridge.send(channels.signOut, trusted)).toMatchObject({ ok: false, problem: { code: 'internal' } });
    const failed = await bridge.send(channels.shellInfo, trusted).catch((error: Error) => error.message);
    expect(failed).toBe('failed');
  });
});

const sources = fileURLToPath(new URL('../../../src-main/', import.meta.url));

/** The sources of the main process that have this in them. */
async function filesWith(pattern: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(sources, { recursive: true })) {
    if (name.endsWith('.ts') && pattern.test(await readFile(sources + name, 'utf8'))) {
      found.push(name.replaceAll('\\', '/'));
    }
  }
  return found.sort();
}

test('nothing loosens what the window may do', async () => {
  const loosening =
    /setCertificateVerifyProc|certificate-error|allowRunningInsecureContent|enableBlinkFeatures|experimentalFeatures|ignore-certificate|allowpopups|executeJavaScript|insertCSS|\beval\(|new Function|(sandbox|contextIsolation|webSecurity): false|(nodeIntegration\w*|webviewTag): true/;
  expect(await filesWith(loosening)).toEqual([]);
});

test('other programs are reached in the places that judge what goes out, ipcMain and ipcRenderer at their one door', async () => {
  expect(await filesWith(/shell\.(openExternal|showItemInFolder|openPath)|\.startDrag\(|new ShareMenu\(/)).toEqual([
    'electron-surroundings.ts',
    'window/other-programs.ts',
  ]);
  expect(await filesWith(/child_process|worker_threads/)).toEqual(['keychain/secret-service.ts', 'policy/registry.ts']);
  expect(await filesWith(/\bipcMain\s*[.[]/)).toEqual([]);
  const preloads = ['preload/human-check.ts', 'preload/index.ts'];
  expect(await filesWith(/\bipcRenderer\b/)).toEqual(preloads);
  for (const use of preloads) {
    expect(await readFile(sources + use, 'utf8')).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  }
});
