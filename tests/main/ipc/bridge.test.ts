import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { desktopHandlers } from '../../../src-main/ipc/desktop-handlers.ts';
import type { InvokeChannel } from '../../../src-main/ipc/handlers.ts';
import { registerHandlers } from '../../../src-main/ipc/register.ts';
import type { Sender } from '../../../src-main/ipc/register.ts';
import { openSettings } from '../../../src-main/settings/settings.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const told: readonly string[] = [
  ...[channels.uploadProgress, channels.printProgress, channels.slipYearProgress],
  ...[channels.linkOpened, channels.sessionEnded],
];
const invoked = Object.values(channels).filter((channel) => !told.includes(channel)) as InvokeChannel[];
const id = '0123456789abcdef0123456789abcdef';

/** One set of arguments that each message takes. */
const good: Record<InvokeChannel, unknown> = {
  [channels.portalGet]: undefined,
  [channels.portalSet]: 'portal.vzorec.si',
  [channels.signIn]: { email: 'ana@primer.si', password: 'x' },
  [channels.signOut]: undefined,
  [channels.answerHumanCheck]: 'sign-in',
  [channels.cancelHumanCheck]: undefined,
  [channels.changePassword]: { currentPassword: 'x', password: 'y' },
  [channels.deleteAccount]: { password: 'x' },
  [channels.saveAccountData]: { fileName: 'moji-podatki.zip' },
  [channels.saveSlipPdf]: { id, fileName: 'razdelilnik.pdf' },
  [channels.openSlipPdf]: { id, fileName: 'razdelilnik.pdf' },
  [channels.printSlipPdf]: { id },
  [channels.saveSlipYear]: { year: 2026, payerId: id, fileName: 'razdelilniki-2026.zip' },
  [channels.cancelSlipYear]: undefined,
  [channels.takeLink]: undefined,
  [channels.saveText]: { fileName: 'seznam.csv', text: 'a;b' },
  [channels.uploadBillingFile]: { path: '/tmp/a.csv', managerId: id },
  [channels.cancelUpload]: undefined,
  [channels.saveLetters]: { order: { allWithoutAccount: true }, managerId: id },
  [channels.savePrintRun]: { order: { selection: { runId: id }, form: 'pdf' }, managerId: id, fileName: 'a.pdf' },
  [channels.saveEInvoices]: { runId: id, channel: 'bank', managerId: id, fileName: 'a.csv' },
  [channels.cancelPrintRun]: undefined,
  [channels.shellInfo]: undefined,
  [channels.setLanguage]: 'en',
  [channels.setTheme]: 'dark',
};

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
  [channels.saveLetters]: [
    { order: {}, managerId: id },
    { order: { payerIds: [] }, managerId: id },
  ],
  [channels.savePrintRun]: [
    { order: { selection: { runId: id }, form: 'doc' }, managerId: id, fileName: 'a.pdf' },
    { order: { selection: { runId: id, all: true }, form: 'pdf' }, managerId: id, fileName: 'a.pdf' },
    { order: { selection: { runId: id }, form: 'pdf' }, managerId: id, fileName: '../a.pdf' },
  ],
  [channels.saveEInvoices]: [
    { runId: id, channel: 'email', managerId: id, fileName: 'a.csv' },
    { runId: id, channel: 'bank', managerId: id, fileName: '../a.csv' },
  ],
  [channels.answerHumanCheck]: ['payment', null],
  [channels.setLanguage]: ['de', null],
  [channels.setTheme]: ['blue', {}],
};

const main = { processId: 3, routingId: 7, url: 'app://iiportal/index.html' };
const trusted = { senderFrame: main } as unknown as Sender;

const done = vi.fn();
let send: (channel: string, sender: Sender, ...args: unknown[]) => Promise<unknown>;
let registered: string[];

beforeEach(async () => {
  done.mockReset();
  const { log } = memoryLog();
  const settings = await openSettings(`${await temporaryFolder()}/settings.json`, log);
  const act = (...args: unknown[]) => Promise.resolve(done(...args));
  const listeners = new Map<string, (sender: Sender, ...args: unknown[]) => Promise<unknown>>();
  const handlers = desktopHandlers({
    settings,
    signIn: { signIn: act, signOut: act, setPortal: act },
    documents: { saveSlipPdf: act, openSlipPdf: act, printSlipPdf: act, saveText: act, saveLetters: act },
    account: { changePassword: act, deleteAccount: act },
    saveAccountData: act,
    humanCheck: { answer: act, cancel: done },
    upload: { send: act, cancel: done },
    print: { save: act, cancel: done },
    slipYear: { save: act, cancel: done },
    saveEInvoices: act,
    links: { take: done },
    shellInfo: act,
    applyAppearance: done,
  });
  registerHandlers(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    handlers,
    () => main as unknown as Sender['senderFrame'],
    log,
  );
  registered = [...listeners.keys()];
  send = (channel, sender, ...args) => listeners.get(channel)!(sender, ...args);
});

describe('the bridge', () => {
  test('answers the messages of the contract, all and no others', () => {
    expect(registered.sort()).toEqual(invoked.sort());
  });

  test.each(invoked)('%s is done for our own page', async (channel) => {
    await send(channel, trusted, good[channel]);
    if (channel !== channels.portalGet) expect(done).toHaveBeenCalledOnce();
  });

  test.each(invoked)('%s is refused to everybody else', async (channel) => {
    const strangers = [
      { senderFrame: null },
      { senderFrame: { ...main, routingId: 8 } },
      { senderFrame: { ...main, processId: 4 } },
      { senderFrame: { ...main, url: 'https://example.com/' } },
      { senderFrame: { ...main, url: 'app://iiportal.example.com/' } },
      { senderFrame: { ...main, url: 'file:///index.html' } },
    ] as unknown as Sender[];
    for (const stranger of strangers) {
      await expect(send(channel, stranger, good[channel])).rejects.toThrow('refused');
    }
    expect(done).not.toHaveBeenCalled();
  });

  test.each(invoked)('%s is not done with arguments of another form', async (channel) => {
    const faults = [...(bad[channel] ?? []), 17, ['x'], { unknown: true }, 'x'.repeat(5000)];
    for (const fault of faults) {
      const answer = await send(channel, trusted, fault).catch((error: Error) => error.message);
      if (typeof answer === 'string') expect(answer).toBe('failed');
      else expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid_request' } });
    }
    await expect(send(channel, trusted, good[channel], 'one more')).rejects.toThrow('refused');
    expect(done).not.toHaveBeenCalled();
  });

  test('an unforeseen failure reaches the window as a code, without its text', async () => {
    done.mockImplementation(() => {
      throw new Error('/home/ana/secret path');
    });
    expect(await send(channels.signOut, trusted)).toMatchObject({ ok: false, problem: { code: 'internal' } });
    const failed = await send(channels.shellInfo, trusted).catch((error: Error) => error.message);
    expect(failed).toBe('failed');
  });
});

test('nothing loosens what the window may do', async () => {
  const loosening =
    /openExternal|setCertificateVerifyProc|certificate-error|allowRunningInsecureContent|enableBlinkFeatures|experimentalFeatures|ignore-certificate|(sandbox|contextIsolation|webSecurity): false|(nodeIntegration\w*|webviewTag): true/;
  const root = fileURLToPath(new URL('../../../src-main/', import.meta.url));
  for (const name of await readdir(root, { recursive: true })) {
    if (name.endsWith('.ts')) expect(await readFile(root + name, 'utf8'), name).not.toMatch(loosening);
  }
});

test('ipcMain is used at the one door, ipcRenderer in the preload scripts alone', async () => {
  const root = fileURLToPath(new URL('../../../src-main/', import.meta.url));
  const uses: string[] = [];
  for (const name of await readdir(root, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const text = await readFile(root + name, 'utf8');
    if (/\bipcMain\s*[.[]|\bipcRenderer\b/.test(text)) uses.push(name.replaceAll('\\', '/'));
  }
  expect(uses.sort()).toEqual(['preload/human-check.ts', 'preload/index.ts']);
  for (const use of uses) expect(await readFile(root + use, 'utf8')).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
});
