import type { App, Session, WebContents } from 'electron';
import { getSlipPdf } from '../../contract/slips.ts';
import { appOrigin } from '../gateway/app-protocol.ts';
import { matchOperation } from '../gateway/match-operation.ts';

/** Chromium's own PDF viewer, which loads the slip's PDF into a frame of its own. */
const pdfViewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

const isOurs = (url: string) => url.startsWith(`${appOrigin}/`);

/** Whether a frame may go to an address. */
export type MayGo = (url: string, isMainFrame: boolean) => boolean;

const stayHome: MayGo = (url, isMainFrame) => isOurs(url) || (!isMainFrame && url.startsWith(pdfViewer));

export interface Lock {
  /** Another rule for what is shown there, instead of that for our own pages. */
  except(contents: WebContents, mayGo: MayGo): void;
}

/** Whatever is ever shown stays on our origin, opens nothing and gets no permission, in whichever session it is. */
export function lockDown(app: App): Lock {
  app.on('session-created', restrictSession);
  const exceptions = new WeakMap<WebContents, MayGo>();
  app.on('web-contents-created', (_event, contents) =>
    lockContents(contents, (...address) => (exceptions.get(contents) ?? stayHome)(...address)),
  );
  return { except: (contents, mayGo) => void exceptions.set(contents, mayGo) };
}

function lockContents(contents: WebContents, mayGo: MayGo): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.on('will-navigate', (event) => {
    if (!mayGo(event.url, true)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayGo(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayGo(event.url, event.isMainFrame)) event.preventDefault();
  });
}

/** The one permission there is: the buttons that copy an IBAN or a reference. The clipboard is never read. */
const copying = 'clipboard-sanitized-write';

/** The button of Chromium's PDF viewer that saves; the person chooses where. All else is saved over the bridge. */
const isSlipPdf = (url: string): boolean => {
  const match = isOurs(url) ? matchOperation('GET', new URL(url).pathname) : 'not_found';
  return typeof match === 'object' && match.operation.id === getSlipPdf.id;
};

/** No camera, no place, no notifications, no device: the window may copy, and nothing else. */
function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === copying && isOurs(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === copying && origin.replace(/\/$/, '') === appOrigin,
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!isSlipPdf(item.getURL())) event.preventDefault();
  });
}
