import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from '../gateway/app-protocol.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly devTools: boolean;
}

/** The grounds of src-renderer/shared/theme/tokens.css: the window must not flash before the page is drawn. */
const ground = { light: '#f4f1ea', dark: '#14191f' };

/** The one window: sandboxed, isolated, with Chromium's PDF viewer for the slips. */
export function openMainWindow({ preload, devTools }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'iiPortal',
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      plugins: true,
      spellcheck: false,
    },
  });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
