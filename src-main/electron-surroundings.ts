import { arch, release, version } from 'node:os';
import { join } from 'node:path';
import { app, dialog, nativeTheme, net, powerMonitor, session, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import { channels } from '../contract/desktop/channels.ts';
import type { Channel } from '../contract/desktop/channels.ts';
import type { Surroundings } from './application.ts';
import { electronFetch, electronPostStream, openNetworkSession } from './gateway/electron-network.ts';
import { createOpenView } from './human-check/turnstile-view.ts';
import { createKeytarStore } from './keychain/keytar-store.ts';
import { findInSecretService } from './keychain/secret-service.ts';
import { usualPace } from './offline/fetch-ahead.ts';
import { isOnThisComputer } from './settings/portal-address.ts';
import { clearWindow } from './window/clear-window.ts';
import type { Lock } from './window/lock-down.ts';
import { createOtherPrograms } from './window/other-programs.ts';
import { createPrintPdf } from './window/print-window.ts';
import { createAskWhere } from './window/save-dialog.ts';

/** Who has been signed out from elsewhere learns it within a minute, the answer's time included. */
const sessionCheckMs = 45_000;
const reconnectMs = 2000;

export interface ElectronParts extends Pick<
  Surroundings,
  'settings' | 'policy' | 'updates' | 'tail' | 'links' | 'applyAppearance' | 'clock' | 'log' | 'userData'
> {
  readonly window: () => BrowserWindow | null;
  readonly lock: Lock;
  readonly devTools: boolean;
}

/** The computer as Electron shows it: network, keychain, dialogs, other programs, the window. */
export function electronSurroundings({ window, lock, devTools, ...given }: ElectronParts): Surroundings {
  const { settings, log } = given;
  const network = openNetworkSession();
  const tell =
    <T>(channel: Channel) =>
    (told: T): void =>
      window()?.webContents.send(channel, told);
  return {
    ...given,
    rendererFolder: join(import.meta.dirname, '../renderer'),
    tempFolder: app.getPath('temp'),
    store: createKeytarStore({
      load: async () => (await import('keytar')).default,
      platform: process.platform,
      findSilently: findInSecretService,
      log,
    }),
    fetch: electronFetch(network),
    postStream: electronPostStream(network),
    askWhere: createAskWhere(dialog, window, app.getPath('downloads'), () => settings.get().language),
    openPath: (path) => shell.openPath(path),
    otherPrograms: createOtherPrograms(window),
    printPdf: createPrintPdf({ parent: window, log }),
    openHumanCheckView: createOpenView({
      window,
      preload: join(import.meta.dirname, '../preload/human-check.cjs'),
      devTools,
      lock,
    }),
    isDark: () => nativeTheme.shouldUseDarkColors,
    // A portal on this very computer can be reached without any network.
    isOnline: () => net.isOnline() || isOnThisComputer(settings.get().portal),
    sessionCheckMs,
    reconnectMs,
    pace: usualPace,
    isOnBattery: () => powerMonitor.isOnBatteryPower(),
    clearWindow: () => clearWindow(session.defaultSession),
    onPortalBack: () => tell(channels.portalBack)(undefined),
    onOfflineState: tell(channels.offlineStateChanged),
    onSessionEnded: tell(channels.sessionEnded),
    onKeepingChanged: tell(channels.keepingChanged),
    onUploadProgress: tell(channels.uploadProgress),
    onPrintProgress: tell(channels.printProgress),
    onSlipPasswordProgress: tell(channels.slipPasswordProgress),
    onSlipYearProgress: tell(channels.slipYearProgress),
    system: () => `${process.platform} ${release()} ${arch()}, ${version()}, ${app.getSystemLocale()}`,
    versions: { version: app.getVersion(), electron: process.versions.electron },
  };
}
