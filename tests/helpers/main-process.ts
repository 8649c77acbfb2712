import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PrintProgress, SaveProgress, UploadProgress } from '../../contract/desktop/api.ts';
import type { Problem } from '../../contract/errors.ts';
import { createApplication, settingsPath } from '../../src-main/application.ts';
import type { PostStream } from '../../src-main/files/billing-upload.ts';
import type { PrintPdf } from '../../src-main/files/documents.ts';
import type { OpenPath } from '../../src-main/files/opened-copies.ts';
import type { InvokeChannel } from '../../src-main/ipc/handlers.ts';
import { createDeepLinks } from '../../src-main/deep-link/deep-links.ts';
import { createKeytarStore } from '../../src-main/keychain/keytar-store.ts';
import type { Keytar } from '../../src-main/keychain/keytar-store.ts';
import { openSettings } from '../../src-main/settings/settings.ts';
import type { SettingsFile } from '../../src-main/settings/settings.ts';
import { memoryLog } from './memory-log.ts';
import { temporaryFolder } from './temp-folder.ts';

export interface MainProcessOptions {
  readonly userData: string;
  readonly keytar: Keytar;
  readonly portal: string;
  readonly platform?: NodeJS.Platform;
  readonly askWhere?: (suggestion: { fileName: string; kind: string }) => string | null;
  readonly rendererFolder?: string;
  /** Where copies for other programs go; without one each start has its own. */
  readonly tempFolder?: string;
  readonly openPath?: OpenPath;
  readonly printPdf?: PrintPdf;
  readonly clock?: () => Date;
  readonly isOnline?: () => boolean;
  readonly sessionCheckMs?: number;
  /** How long the keychain may take. */
  readonly patienceMs?: number;
  /** Runs before each change of the settings: to look at, or stop, what goes on. */
  readonly onSettingsChange?: () => void | Promise<void>;
}

/** Streams as Electron's network does, over Node's http. */
const postStream: PostStream = (url, { headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { ...headers }, signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const answerHeaders = new Headers({ 'Content-Type': incoming.headers['content-type'] ?? '' });
        resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 0, headers: answerHeaders }));
      });
    });
    request.on('error', reject);
    pipeline(body, request).catch(reject);
  });

/** The settings, with a look at each change before it is made. */
const watched = (settings: SettingsFile, onChange: () => void | Promise<void> = () => undefined): SettingsFile => ({
  get: settings.get,
  change: async (changes) => {
    await onChange();
    await settings.change(changes);
  },
});

/** The main process put together as in the app, but with Node's network and a keychain of the test's choice. */
export async function startMainProcess(options: MainProcessOptions) {
  const { userData, keytar } = options;
  const { log, lines } = memoryLog();
  const settings = await openSettings(settingsPath(userData), log);
  if (settings.get().portal !== options.portal) await settings.change({ portal: options.portal });
  const progress: UploadProgress[] = [];
  const printed: PrintProgress[] = [];
  const saving: SaveProgress[] = [];
  const links = createDeepLinks({ onLink: () => undefined, log });
  const endings: Problem[] = [];
  const application = createApplication({
    userData,
    rendererFolder: options.rendererFolder ?? join(userData, 'renderer'),
    settings: watched(settings, options.onSettingsChange),
    store: createKeytarStore({
      load: () => Promise.resolve(keytar),
      platform: options.platform ?? 'linux',
      log,
      patienceMs: options.patienceMs ?? 500,
    }),
    fetch: (url, init) => fetch(url, init),
    postStream,
    askWhere: (suggestion) => Promise.resolve(options.askWhere?.(suggestion) ?? null),
    openHumanCheckView: () => ({ close: () => undefined }),
    isDark: () => false,
    isOnline: options.isOnline ?? (() => true),
    sessionCheckMs: options.sessionCheckMs ?? 45_000,
    onSessionEnded: (problem) => endings.push(problem),
    onUploadProgress: (step) => progress.push(step),
    onPrintProgress: (step) => printed.push(step),
    onSlipYearProgress: (step) => saving.push(step),
    tempFolder: options.tempFolder ?? (await temporaryFolder()),
    openPath: options.openPath ?? (() => Promise.resolve('')),
    printPdf: options.printPdf ?? (() => Promise.resolve(true)),
    links,
    applyAppearance: () => undefined,
    versions: { version: '0', electron: '0' },
    clock: options.clock ?? (() => new Date('2026-11-23T08:00:00.000Z')),
    log,
  });
  return {
    settings,
    lines,
    progress,
    printed,
    saving,
    links,
    sweep: application.sweep,
    /** What the window was told of sessions that ended elsewhere. */
    endings,
    watch: application.sessionWatch,
    /** What the window sends over the bridge. */
    send: (channel: InvokeChannel, argument?: unknown) => application.handlers[channel](argument, log),
    /** What the window fetches. */
    get: (path: string, init?: RequestInit) => application.handleAppRequest(new Request(`app://iiportal${path}`, init)),
  };
}

export type MainProcess = Awaited<ReturnType<typeof startMainProcess>>;
