import { join } from 'node:path';
import { app, clipboard, dialog, ipcMain, nativeTheme, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { deepLinkScheme } from '../contract/deep-link.ts';
import { channels } from '../contract/desktop/channels.ts';
import { createApplication, settingsPath } from './application.ts';
import type { Application } from './application.ts';
import { createDeepLinks } from './deep-link/deep-links.ts';
import { sayStartFailed } from './diagnostics/start-failed.ts';
import { openLogFile } from './diagnostics/log-file.ts';
import { electronSurroundings } from './electron-surroundings.ts';
import { appScheme } from './gateway/app-protocol.ts';
import { registerAppScheme } from './gateway/scheme.ts';
import { registerHandlers } from './ipc/register.ts';
import { createLogger } from './log.ts';
import { governedSettings } from './policy/governed-settings.ts';
import { policyPlace, readPolicy } from './policy/read-policy.ts';
import { presetPortal } from './settings/preset-portal.ts';
import { openSettings } from './settings/settings.ts';
import type { Settings } from './settings/settings.ts';
import { startUpdates } from './updates/start-updates.ts';
import { isAloneAllTheSame } from './window/alone.ts';
import { lockDown } from './window/lock-down.ts';
import { openMainWindow } from './window/main-window.ts';
import { setMenu } from './window/menu.ts';
import { rescue } from './window/rescue.ts';

const clock = () => new Date();
const logFile = openLogFile(join(app.getPath('userData'), 'logs', 'main.log'));
const log = createLogger((line) => {
  process.stderr.write(line);
  logFile.write(line);
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
  const onDiagnostics = () => window?.webContents.send(channels.diagnosticsWanted);
  setMenu({ language, platform: process.platform, devTools, onDiagnostics });
}

async function start(): Promise<void> {
  const userData = app.getPath('userData');
  const policy = await readPolicy(policyPlace(process, app.isPackaged), log);
  const settings = governedSettings(await openSettings(settingsPath(userData), log), policy);
  await presetPortal(settings, process.env['IIPORTAL_PORTAL'], log);
  const updates = await startUpdates(app, {
    isManaged: !policy.updates,
    onChange: (state) => window?.webContents.send(channels.updatesChanged, state),
    log,
  });
  await app.whenReady();
  applyAppearance(settings.get());

  const application = createApplication(
    electronSurroundings({
      ...{
        userData,
        settings,
        policy,
        links,
        applyAppearance,
        lock,
        devTools,
        clock,
        log,
        updates,
        tail: logFile.tail,
      },
      window: () => window,
    }),
  );

  // Chromium's PDF viewer is there in the default session alone. Answers on app:// do not go into its cache.
  const windowSession = session.defaultSession;
  windowSession.protocol.handle(appScheme, application.handleAppRequest);
  registerHandlers(ipcMain, application.handlers, () => window?.webContents.mainFrame, log);

  openWindow = () => {
    window = openMainWindow({ preload: join(import.meta.dirname, '../preload/index.cjs'), devTools });
    rescue({
      window,
      language: () => settings.get().language,
      ask: (options) => dialog.showMessageBox(options),
      copyDiagnostics: async () => await clipboard.writeText(await application.diagnostics()),
      quit: () => app.quit(),
      log,
    });
    window.on('closed', () => (window = null));
  };
  openWindow();
  keepWatch(application);
  sweepAround(application.sweep);
  // On macOS a program without a window goes on, and opens one when its icon is clicked.
  app.on('activate', () => void (window ?? openWindow?.()));
}

/** A computer that sleeps asks nothing; who comes back to it is told at once. */
function keepWatch({
  sessionWatch,
  keeping,
  offline,
}: Pick<Application, 'sessionWatch' | 'keeping' | 'offline'>): void {
  sessionWatch.start();
  offline.start();
  void keeping.checkDisk();
  powerMonitor.on('suspend', () => sessionWatch.pause());
  powerMonitor.on('resume', () => {
    void sessionWatch.resume();
    void offline.look();
    void keeping.look();
  });
  app.on('browser-window-focus', () => {
    void sessionWatch.look();
    void keeping.look();
  });
}

/** At the end, and at the start for an end that never came. */
function sweepAround(sweep: () => Promise<void>): void {
  void sweep();
  app.once('will-quit', (event) => {
    event.preventDefault();
    void sweep()
      .then(logFile.flush)
      .finally(() => app.quit());
  });
}

/** Where there is no window, the system's dialog says so. */
async function sayNothingComes(): Promise<void> {
  await app.whenReady();
  await sayStartFailed({
    language: app.getLocale().startsWith('en') ? 'en' : 'sl',
    ask: (options) => dialog.showMessageBox(options),
    copy: (text) => void clipboard.writeText(text),
    diagnostics: async () => [`iiPortal ${app.getVersion()}`, ...(await logFile.tail(200))].join('\n'),
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

if (app.requestSingleInstanceLock() || isAloneAllTheSame(app.getPath('userData'))) {
  start().catch((error: unknown) => {
    log.error('start_failed', { error });
    void sayNothingComes().finally(() => app.exit(1));
  });
} else {
  app.quit();
}
