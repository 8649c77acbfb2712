import { vi } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { desktopHandlers } from '../../../src-main/ipc/desktop-handlers.ts';
import type { DesktopHandlerDeps } from '../../../src-main/ipc/desktop-handlers.ts';
import { toldChannels } from '../../../src-main/ipc/handlers.ts';
import type { InvokeChannel } from '../../../src-main/ipc/handlers.ts';
import { registerHandlers } from '../../../src-main/ipc/register.ts';
import type { Sender } from '../../../src-main/ipc/register.ts';
import { openSettings } from '../../../src-main/settings/settings.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const told: readonly string[] = toldChannels;

/** All messages that are answered. */
export const invoked = Object.values(channels).filter((channel) => !told.includes(channel)) as InvokeChannel[];
export const id = '0123456789abcdef0123456789abcdef';

/** One set of arguments that each message takes. */
export const good: Record<InvokeChannel, unknown> = {
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
  [channels.prepareDrag]: { id, fileName: 'razdelilnik.pdf' },
  [channels.startDrag]: { id },
  [channels.shareSlipPdf]: { id, fileName: 'razdelilnik.pdf' },
  [channels.showSaved]: { fileName: 'razdelilnik.pdf' },
  [channels.saveSlipYear]: { year: 2026, payerId: id, fileName: 'razdelilniki-2026.zip' },
  [channels.cancelSlipYear]: undefined,
  [channels.readDiagnostics]: undefined,
  [channels.updatesStatus]: undefined,
  [channels.checkForUpdates]: undefined,
  [channels.restartToUpdate]: undefined,
  [channels.takeLink]: undefined,
  [channels.saveText]: { fileName: 'seznam.csv', text: 'a;b' },
  [channels.uploadBillingFile]: { path: '/tmp/a.csv', managerId: id },
  [channels.cancelUpload]: undefined,
  [channels.saveSlipPasswords]: { order: { runId: id }, form: 'list', managerId: id, fileName: 'a.csv' },
  [channels.cancelSlipPasswords]: undefined,
  [channels.savePrintRun]: { order: { selection: { runId: id }, form: 'pdf' }, managerId: id, fileName: 'a.pdf' },
  [channels.saveList]: { list: 'payers', params: {}, query: { managerId: id, access: 'none' }, fileName: 'a.csv' },
  [channels.cancelPrintRun]: undefined,
  [channels.shellInfo]: undefined,
  [channels.setLanguage]: 'en',
  [channels.setTheme]: 'dark',
  [channels.setColumns]: { table: 'payers', columns: ['code', 'name'] },
  [channels.keepingStatus]: undefined,
  [channels.keepingRetry]: undefined,
  [channels.offlineState]: undefined,
  [channels.setFetching]: true,
  [channels.setMetered]: true,
  [channels.lookForPortal]: undefined,
  [channels.forgetComputer]: undefined,
  [channels.openLink]: 'mailto:pisarna@vzorec.si',
};

/** Our own page in the window's main frame. */
export const mainFrame = { processId: 3, routingId: 7, url: 'app://iiportal/index.html' };
export const trusted = { senderFrame: mainFrame } as unknown as Sender;

/** All that the handlers work with: whatever they call, `done` is told of it and nothing else happens. */
function recorded(done: (...given: unknown[]) => unknown, real: Partial<DesktopHandlerDeps>): DesktopHandlerDeps {
  const act = (...given: unknown[]) => Promise.resolve().then(() => done(...given));
  const part = new Proxy(act, { get: () => act });
  return new Proxy({}, { get: (_, name): unknown => Reflect.get(real, name) ?? part }) as DesktopHandlerDeps;
}

/** The bridge with all its messages and nothing behind it. */
export async function openBridge() {
  const done = vi.fn<(...given: unknown[]) => unknown>();
  const { log } = memoryLog();
  const settings = await openSettings(`${await temporaryFolder()}/settings.json`, log);
  const listeners = new Map<string, (sender: Sender, ...args: unknown[]) => Promise<unknown>>();
  registerHandlers(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    desktopHandlers(recorded(done, { settings })),
    () => mainFrame as unknown as Sender['senderFrame'],
    log,
  );
  const send = (channel: string, sender: Sender, ...args: unknown[]) => listeners.get(channel)!(sender, ...args);
  return { done, settings, registered: [...listeners.keys()], send };
}
