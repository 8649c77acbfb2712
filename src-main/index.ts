import { join } from 'node:path';
import { app, ipcMain, nativeTheme, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { deepLinkScheme } from '../contract/deep-link.ts';
import { channels } from '../contract/desktop/channels.ts';
import { createApplication, settingsPath } from './application.ts';
import { createDeepLinks } from './deep-link/deep-links.ts';
import { electronSurroundings } from './electron-surroundings.ts';
import { appScheme } from './gateway/app-protocol.ts';
import { registerAppScheme } from './gateway/scheme.ts';
import { registerHandlers } from './ipc/register.ts';
import { createLogger, logToFile } from './log.ts';
import type { SessionWatch } from './session/session-watch.ts';
import { presetPortal } from './settings/preset-portal.ts';
import { openSettings } from './settings/settings.ts';
import type { Settings } from './settings/settings.ts';
import { restrictPermissions, lockDown } from './window/lock-down.ts';
import { openMainWindow } from './window/main-window.ts';
import { setMenu } from './window/menu.ts';

const clock = () => new Date();
const writeLog = logToFile(join(app.getPath('userData'), 'logs', 'main.log'));
const log = createLogger((line) => {
  process.stderr.write(line);
  writeLog(line);
}, clock);
const devTools = !app.isPackaged;
let window: BrowserWindow | null = null;
/** Only once everything that the window needs is there. */
let openWindow: (() => void) | null = null;

// Electron's own answer is a dialog that holds everything up. An upload that breaks off always ends here: the stream
// inside Electron's request fails after the request itself has.
process.on('uncaughtException', (error) => log.error('uncaught', { error }));
process.on('unhandledRejection', (error) => log.error('unhandled_rejection', { error }));

registerAppScheme();
const lock = lockDown(app);
// Electron refuses to start with both; --no-sandbox is for tests as root.
if (app.commandLine.hasSwitch('no-sandbox')) log.warn('started_without_sandbox');
else app.enableSandbox();

const links = createDeepLinks({ onLink: () => window?.webContents.send(channels.linkOpened), log });
// On Linux the package's desktop file does it. A version that is being developed leaves the links to the installed one.
const registersLinks = app.isPackaged && process.platform !== 'linux';
if (registersLinks && !app.setAsDefaultProtocolClient(deepLinkScheme)) log.warn('links_not_registered');

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

  const application = createApplication(
    electronSurroundings({
      ...{ userData, settings, links, applyAppearance, lock, devTools, clock, log },
      window: () => window,
    }),
  );

  // Chromium's PDF viewer is there in the default session alone. Answers on app:// do not go into its cache.
  const windowSession = session.defaultSession;
  restrictPermissions(windowSession);
  windowSession.protocol.handle(appScheme, application.handleAppRequest);
  registerHandlers(ipcMain, application.handlers, () => window?.webContents.mainFrame, log);

  openWindow = () => {
    window = openMainWindow({ preload: join(import.meta.dirname, '../preload/index.cjs'), devTools, log });
    window.on('closed', () => (window = null));
  };
  openWindow();
  keepWatch(application.sessionWatch);
  sweepAround(application.sweep);
  // On macOS a program without a window goes on, and opens one when its icon is clicked.
  app.on('activate', () => void (window ?? openWindow?.()));
}

/** A computer that sleeps asks nothing; who comes back to it is told at once. */
function keepWatch(watch: SessionWatch): void {
  watch.start();
  powerMonitor.on('suspend', () => watch.pause());
  powerMonitor.on('resume', () => void watch.resume());
  app.on('browser-window-focus', () => void watch.look());
}

/** At the end, and at the start for an end that never came. */
function sweepAround(sweep: () => Promise<void>): void {
  void sweep();
  app.once('will-quit', (event) => {
    event.preventDefault();
    void sweep().finally(() => app.quit());
  });
}

function comeForward(): void {
  if (!window) return openWindow?.();
  if (window.isMinimized()) window.restore();
  window.focus();
}

// Windows and Linux start the program with a link as its argument, and once more when it runs already.
links.receive(process.argv);
app.on('second-instance', (_event, argv) => {
  links.receive(argv);
  comeForward();
});
// On macOS the system tells the running program, sometimes before it is ready.
app.on('open-url', (event, url) => {
  event.preventDefault();
  links.receive(url);
  comeForward();
});
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
