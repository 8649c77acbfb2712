import type { App, Session, WebContents } from 'electron';
import { appOrigin } from '../gateway/app-protocol.ts';

/** Chromium's own PDF viewer, which loads the slip's PDF into a frame of its own. */
const pdfViewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

const isOurs = (url: string) => url.startsWith(`${appOrigin}/`);

/** Whatever is ever shown stays on our origin, opens nothing and gets no permission. */
export function lockDown(app: App): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    const isViewer = !event.isMainFrame && event.url.startsWith(pdfViewer);
    if (!isOurs(event.url) && !isViewer) event.preventDefault();
  });
}

/** The one permission there is: the buttons that copy an IBAN or a reference. The clipboard is never read. */
const copying = 'clipboard-sanitized-write';

/** No camera, no place, no notifications: the window may copy, and nothing else. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === copying && isOurs(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === copying && origin.replace(/\/$/, '') === appOrigin,
  );
  session.setDevicePermissionHandler(() => false);
}
