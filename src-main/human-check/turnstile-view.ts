import { nativeTheme, session, WebContentsView } from 'electron';
import type { BrowserWindow, Session } from 'electron';
import { humanCheckReport } from '../../contract/desktop/channels.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Lock } from '../window/lock-down.ts';
import type { OpenView, ViewRequest } from './show-turnstile.ts';

export interface TurnstileViewOptions {
  readonly window: () => BrowserWindow | null;
  readonly preload: string;
  readonly devTools: boolean;
  readonly lock: Lock;
}

/** The place that the window's page leaves free in its middle (HumanCheckVeil.vue), in CSS pixels. */
const place = { width: 320, height: 232 };
/** It takes no more of the window's height than this: the words above it and the button below must have room. */
const mostOfHeight = 0.5;

/** The paper of src-renderer/shared/theme/tokens.css. */
const paper = { light: '#fffefb', dark: '#1c232b' };

/** In memory, of its own: it shares nothing with our pages or with the portal's answers, and keeps nothing. */
function openViewSession(): Session {
  const own = session.fromPartition('human-check', { cache: false });
  own.on('will-download', (event) => event.preventDefault());
  return own;
}

/** As large as the place in the page, which grows and shrinks with the page's zoom; and so does what is in it. */
function layOut(parent: BrowserWindow, view: WebContentsView): void {
  const [windowWidth = 0, windowHeight = 0] = parent.getContentSize();
  const zoom = parent.webContents.getZoomFactor();
  const width = Math.round(place.width * zoom);
  const height = Math.round(Math.min(place.height * zoom, windowHeight * mostOfHeight));
  view.webContents.setZoomFactor(height / place.height);
  const x = Math.round((windowWidth - width) / 2);
  const y = Math.round((windowHeight - height) / 2);
  view.setBounds({ x, y, width, height });
}

function listen({ webContents }: WebContentsView, request: ViewRequest): void {
  webContents.ipc.on(humanCheckReport, ({ senderFrame }, message: unknown) =>
    request.onReport({ origin: senderFrame?.origin, isMainFrame: senderFrame?.parent === null }, message),
  );
  webContents.on('did-navigate', (_event, _url, status) =>
    status === 200 ? request.onLoaded() : request.onGone(`status ${status}`),
  );
  webContents.on('did-fail-load', (_event, _code, description, _url, isMainFrame) => {
    if (isMainFrame) request.onGone(description);
  });
  webContents.on('render-process-gone', (_event, { reason }) => request.onGone(reason));
  webContents.on('before-input-event', (_event, { type, key }) => {
    if (type === 'keyDown' && key === 'Escape') request.onCancel();
  });
}

/** Follows the window below; answers how to stop. */
function follow(parent: BrowserWindow, view: WebContentsView, { onCancel }: ViewRequest): () => void {
  const resized = () => layOut(parent, view);
  const left = ({ isMainFrame, isSameDocument }: { isMainFrame: boolean; isSameDocument: boolean }) => {
    if (isMainFrame && !isSameDocument) onCancel();
  };
  parent.on('resize', resized);
  parent.on('closed', onCancel);
  parent.webContents.on('did-start-navigation', left);
  parent.webContents.on('render-process-gone', onCancel);
  return () => {
    if (parent.isDestroyed()) return;
    parent.off('resize', resized);
    parent.off('closed', onCancel);
    parent.webContents.off('did-start-navigation', left);
    parent.webContents.off('render-process-gone', onCancel);
    parent.contentView.removeChildView(view);
    parent.webContents.focus();
  };
}

/**
 * Shows the portal's page over the middle of the window: sandboxed, with a session of its own and Electron's own user
 * agent, which Turnstile must be able to recognise. The page has one function, and goes nowhere.
 */
export function createOpenView({ window, preload, devTools, lock }: TurnstileViewOptions): OpenView {
  const own = openViewSession();
  return (request) => {
    const parent = window();
    if (!parent) throw new ProblemError('cancelled');
    const view = new WebContentsView({
      webPreferences: {
        preload,
        devTools,
        session: own,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    lock.except(view.webContents, request.mayGo);
    view.setBackgroundColor(nativeTheme.shouldUseDarkColors ? paper.dark : paper.light);
    listen(view, request);
    const unfollow = follow(parent, view, request);
    layOut(parent, view);
    parent.contentView.addChildView(view);
    // Chromium remembers how large a site was shown last, and would show it so again.
    view.webContents.on('did-navigate', () => layOut(parent, view));
    // What goes wrong comes as did-fail-load too.
    view.webContents.loadURL(request.url).then(
      () => view.webContents.focus(),
      () => undefined,
    );
    return {
      close: () => {
        unfollow();
        view.webContents.close();
        void own.clearStorageData();
      },
    };
  };
}
