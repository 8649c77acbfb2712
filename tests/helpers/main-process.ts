import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type {
  Keeping,
  OfflineState,
  PrintProgress,
  SaveProgress,
  SlipPasswordProgress,
  UploadProgress,
} from '../../contract/desktop/api.ts';
import type { Problem } from '../../contract/errors.ts';
import { createApplication, settingsPath } from '../../src-main/application.ts';
import type { Surroundings } from '../../src-main/application.ts';
import type { PostStream } from '../../src-main/files/billing-upload.ts';
import type { PrintPdf } from '../../src-main/files/documents.ts';
import type { OpenPath } from '../../src-main/files/opened-copies.ts';
import type { InvokeChannel } from '../../src-main/ipc/handlers.ts';
import { createDeepLinks } from '../../src-main/deep-link/deep-links.ts';
import { createKeytarStore } from '../../src-main/keychain/keytar-store.ts';
import type { Keytar } from '../../src-main/keychain/keytar-store.ts';
import type { Pace } from '../../src-main/offline/fetch-ahead.ts';
import { governedSettings } from '../../src-main/policy/governed-settings.ts';
import { noPolicy } from '../../src-main/policy/policy.ts';
import type { Policy } from '../../src-main/policy/policy.ts';
import type { FindSilently } from '../../src-main/keychain/secret-service.ts';
import { openSettings } from '../../src-main/settings/settings.ts';
import type { SettingsFile } from '../../src-main/settings/settings.ts';
import { memoryLog } from './memory-log.ts';
import { temporaryFolder } from './temp-folder.ts';

export interface MainProcessOptions {
  readonly userData: string;
  readonly keytar: Keytar;
  readonly portal: string;
  readonly policy?: Policy;
  readonly platform?: NodeJS.Platform;
  readonly askWhere?: (suggestion: { fileName: string; kind: string }) => string | null;
  readonly rendererFolder?: string;
  /** Where copies for other programs go; without one each start has its own. */
  readonly tempFolder?: string;
  readonly openPath?: OpenPath;
  readonly otherPrograms?: Partial<Surroundings['otherPrograms']>;
  readonly printPdf?: PrintPdf;
  readonly clock?: () => Date;
  readonly isOnline?: () => boolean;
  readonly sessionCheckMs?: number;
  /** Until a lost portal is looked for; without it nobody looks. */
  readonly reconnectMs?: number;
  /** Of fetching ahead, which begins when `offline.start` is called. */
  readonly pace?: Pace;
  /** How long the keychain may take. */
  readonly patienceMs?: number;
  /** Where Linux says an entry is, without asking anybody. */
  readonly findSilently?: FindSilently;
  /** Runs before each change of the settings: to look at, or stop, what goes on. */
  readonly onSettingsChange?: () => void | Promise<void>;
}

const never = 24 * 60 * 60 * 1000;

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

const noOtherPrograms: Surroundings['otherPrograms'] = {
  dragFile: () => undefined,
  shareFile: () => undefined,
  showInFolder: () => undefined,
  openExternal: () => Promise.resolve(),
};

/** The settings, with a look at each change before it is made. */
const watched = (settings: SettingsFile, onChange: () => void | Promise<void> = () => undefined): SettingsFile => ({
  get: settings.get,
  wasDamaged: settings.wasDamaged,
  change: async (changes) => {
    await onChange();
    await settings.change(changes);
  },
  trouble: settings.trouble,
});

/** What holds where the test says nothing else. */
const usual = {
  policy: noPolicy,
  platform: 'linux',
  findSilently: () => Promise.resolve('unknown'),
  patienceMs: 30_000,
  isOnline: () => true,
  sessionCheckMs: 45_000,
  reconnectMs: never,
  pace: { startMs: 0, pauseMs: 0, repeatMs: never },
  openPath: () => Promise.resolve(''),
  printPdf: () => Promise.resolve(true),
  clock: () => new Date('2026-11-23T08:00:00.000Z'),
} satisfies Partial<MainProcessOptions>;

/** The main process put together as in the app, but with Node's network and a keychain of the test's choice. */
export async function startMainProcess(given: MainProcessOptions) {
  const options = { ...usual, ...given };
  const { userData, keytar, policy } = options;
  const { log, lines } = memoryLog();
  const settings = await openSettings(settingsPath(userData), log);
  if (settings.get().portal !== options.portal) await settings.change({ portal: options.portal });
  const progress: UploadProgress[] = [];
  const printed: PrintProgress[] = [];
  const saving: SaveProgress[] = [];
  const issuing: SlipPasswordProgress[] = [];
  const links = createDeepLinks({ onLink: () => undefined, log });
  const endings: Problem[] = [];
  const keepings: Keeping[] = [];
  const offlineStates: OfflineState[] = [];
  const backs: undefined[] = [];
  let cleared = 0;
  const application = createApplication({
    userData,
    rendererFolder: options.rendererFolder ?? join(userData, 'renderer'),
    settings: governedSettings(watched(settings, options.onSettingsChange), policy),
    policy,
    store: createKeytarStore({
      load: () => Promise.resolve(keytar),
      platform: options.platform,
      findSilently: options.findSilently,
      log,
      patienceMs: options.patienceMs,
    }),
    fetch: (url, init) => fetch(url, init),
    postStream,
    askWhere: (suggestion) => Promise.resolve(options.askWhere?.(suggestion) ?? null),
    openHumanCheckView: () => ({ close: () => undefined }),
    isDark: () => false,
    isOnline: options.isOnline,
    sessionCheckMs: options.sessionCheckMs,
    reconnectMs: options.reconnectMs,
    pace: options.pace,
    isOnBattery: () => false,
    clearWindow: () => Promise.resolve(void cleared++),
    onPortalBack: () => backs.push(undefined),
    onOfflineState: (state) => offlineStates.push(state),
    onSessionEnded: (problem) => endings.push(problem),
    onKeepingChanged: (keeping) => keepings.push(keeping),
    onUploadProgress: (step) => progress.push(step),
    onPrintProgress: (step) => printed.push(step),
    onSlipPasswordProgress: (step) => issuing.push(step),
    onSlipYearProgress: (step) => saving.push(step),
    tempFolder: options.tempFolder ?? (await temporaryFolder()),
    openPath: options.openPath,
    otherPrograms: { ...noOtherPrograms, ...options.otherPrograms },
    printPdf: options.printPdf,
    links,
    applyAppearance: () => undefined,
    versions: { version: '0', electron: '0' },
    system: () => 'linux 6 x64',
    tail: (count) => Promise.resolve(lines.slice(-count)),
    updates: {
      status: () => ({ state: 'off' }),
      check: () => Promise.resolve({ state: 'off' }),
      restart: () => Promise.resolve({ state: 'off' }),
    },
    clock: options.clock,
    log,
  });
  return {
    settings,
    log,
    lines,
    progress,
    printed,
    saving,
    issuing,
    links,
    sweep: application.sweep,
    /** What the window was told of sessions that ended elsewhere. */
    endings,
    watch: application.sessionWatch,
    keeping: application.keeping,
    offline: application.offline,
    /** What the window was told of what is there without a connection. */
    offlineStates,
    /** Each time that the window was told that the portal is back. */
    backs,
    /** How often what Chromium keeps for the window was emptied. */
    get cleared() {
      return cleared;
    },
    /** What the window was told of what can be kept. */
    keepings,
    /** What the window sends over the bridge. */
    send: (channel: InvokeChannel, argument?: unknown) => application.handlers[channel](argument, log),
    /** What the window fetches. */
    get: (path: string, init?: RequestInit) => application.handleAppRequest(new Request(`app://iiportal${path}`, init)),
  };
}

export type MainProcess = Awaited<ReturnType<typeof startMainProcess>>;
