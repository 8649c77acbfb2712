import { join } from 'node:path';
import { app, dialog, ipcMain, nativeTheme, net, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { channels } from '../contract/desktop/channels.ts';
import { createApplication, settingsPath } from './application.ts';
import { appScheme } from './gateway/app-protocol.ts';
import { electronFetch, electronPostStream, openNetworkSession } from './gateway/electron-network.ts';
import { registerAppScheme } from './gateway/scheme.ts';
import { createOpenView } from './human-check/turnstile-view.ts';
import { registerHandlers } from './ipc/register.ts';
import { createKeytarStore } from './keychain/keytar-store.ts';
import { createLogger, logToFile } from './log.ts';
import type { SessionWatch } from './session/session-watch.ts';
import { isOnThisComputer } from './settings/portal-address.ts';
import { presetPortal } from './settings/preset-portal.ts';
import { openSettings } from './settings/settings.ts';
import type { Settings } from './settings/settings.ts';
import { restrictPermissions, lockDown } from './window/lock-down.ts';
import { openMainWindow } from './window/main-window.ts';
import { setMenu } from './window/menu.ts';
import { createAskWhere } from './window/save-dialog.ts';

/** Who has been signed out from elsewhere learns it within a minute, the answer's time included. */
const sessionCheckMs = 45_000;
const clock = () => new Date();
const writeLog = logToFile(join(app.getPath('userData'), 'logs', 'main.log'));
const log = createLogger((line) => {
  process.stderr.write(line);
  writeLog(line);
}, clock);
const devTools = !app.isPackaged;
let window: BrowserWindow | null = null;

// Electron's own answer is a dialog that holds everything up. An upload that breaks off always ends here: the stream
// inside Electron's request fails after the request itself has.
process.on('uncaughtException', (error) => log.error('uncaught', { error }));
process.on('unhandledRejection', (error) => log.error('unhandled_rejection', { error }));

registerAppScheme();
const lock = lockDown(app);
// Electron refuses to start with both; --no-sandbox is for tests as root.
if (app.commandLine.hasSwitch('no-sandbox')) log.warn('started_without_sandbox');
else app.enableSandbox();

function applyAppearance({ language, theme }: Settings): void {
  nativeTheme.themeSource = theme;
  setMenu(language, process.platform, devTools);
}

async function start(): Promise<void> {
  const userData = app.getPath('userData');
  const settings = await openSettings(settingsPath(userData), log);
  await presetPortal(settings, process.env['IIPORTAL_PORTAL'], log);
  await app.whenReady();
  applyAppearance(settings.get());

  const network = openNetworkSession();
  const application = createApplication({
    userData,
    rendererFolder: join(import.meta.dirname, '../renderer'),
    settings,
    store: createKeytarStore({ load: async () => (await import('keytar')).default, platform: process.platform, log }),
    fetch: electronFetch(network),
    postStream: electronPostStream(network),
    askWhere: createAskWhere(
      dialog,
      () => window,
      app.getPath('downloads'),
      () => settings.get().language,
    ),
    openHumanCheckView: createOpenView({
      window: () => window,
      preload: join(import.meta.dirname, '../preload/human-check.cjs'),
      devTools,
      lock,
    }),
    isDark: () => nativeTheme.shouldUseDarkColors,
    // A portal on this very computer can be reached without any network.
    isOnline: () => net.isOnline() || isOnThisComputer(settings.get().portal),
    sessionCheckMs,
    onSessionEnded: (problem) => window?.webContents.send(channels.sessionEnded, problem),
    onUploadProgress: (progress) => window?.webContents.send(channels.uploadProgress, progress),
    onPrintProgress: (progress) => window?.webContents.send(channels.printProgress, progress),
    applyAppearance,
    versions: { version: app.getVersion(), electron: process.versions.electron },
    clock,
    log,
  });

  // Chromium's PDF viewer is there in the default session alone. Answers on app:// do not go into its cache.
  const windowSession = session.defaultSession;
  restrictPermissions(windowSession);
  windowSession.protocol.handle(appScheme, application.handleAppRequest);
  registerHandlers(ipcMain, application.handlers, () => window?.webContents.mainFrame, log);

  const open = () => {
    window = openMainWindow({ preload: join(import.meta.dirname, '../preload/index.cjs'), devTools, log });
    window.on('closed', () => (window = null));
  };
  open();
  keepWatch(application.sessionWatch);
  // On macOS a program without a window goes on, and opens one when its icon is clicked.
  app.on('activate', () => void (window ?? open()));
}

/** A computer that sleeps asks nothing; who comes back to it is told at once. */
function keepWatch(watch: SessionWatch): void {
  watch.start();
  powerMonitor.on('suspend', () => watch.pause());
  powerMonitor.on('resume', () => void watch.resume());
  app.on('browser-window-focus', () => void watch.look());
}

function focusWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

app.on('second-instance', focusWindow);
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('start_failed', { error });
    app.exit(1);
  });
} else {
  app.quit();
}
