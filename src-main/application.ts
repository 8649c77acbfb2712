import { join } from 'node:path';
import type { PrintProgress, ShellInfo, UploadProgress } from '../contract/desktop/api.ts';
import { createBillingUpload } from './files/billing-upload.ts';
import type { PostStream } from './files/billing-upload.ts';
import { createAccountData } from './files/account-data.ts';
import { createDocuments } from './files/documents.ts';
import type { AskWhere } from './files/documents.ts';
import { createDownload } from './files/download.ts';
import { createPrintDownload } from './files/print-download.ts';
import { createAppProtocol } from './gateway/app-protocol.ts';
import { createPortalClient } from './gateway/portal-client.ts';
import type { Fetch } from './gateway/portal-client.ts';
import { desktopHandlers } from './ipc/desktop-handlers.ts';
import { createHumanCheck } from './human-check/human-check.ts';
import type { OpenView } from './human-check/show-turnstile.ts';
import { createSessions } from './session/create-sessions.ts';
import type { SessionsDeps } from './session/create-sessions.ts';
import type { Settings } from './settings/settings.ts';

/** Everything that is the outside world: tests pass in their own. */
export interface Surroundings extends Omit<SessionsDeps, 'client'> {
  readonly rendererFolder: string;
  readonly fetch: Fetch;
  readonly postStream: PostStream;
  readonly askWhere: AskWhere;
  readonly openHumanCheckView: OpenView;
  readonly isDark: () => boolean;
  readonly onUploadProgress: (progress: UploadProgress) => void;
  readonly onPrintProgress: (progress: PrintProgress) => void;
  readonly applyAppearance: (settings: Settings) => void;
  readonly versions: Pick<ShellInfo, 'version' | 'electron'>;
}

/** The main process put together: the handler of app:// and the handlers of the bridge. */
export function createApplication(given: Surroundings) {
  const { settings, log } = given;
  const portal = () => settings.get().portal;
  const client = createPortalClient(given.fetch);
  const { keeper, gateway, watch, signIn, account, keychainState } = createSessions({ ...given, client });
  const lettersName = () => (settings.get().language === 'sl' ? 'pisma-z-gesli.pdf' : 'slip-password-letters.pdf');
  const { askWhere } = given;
  const download = createDownload({ client, session: keeper, portal });
  const documents = createDocuments({ askWhere, gateway, download, lettersName, log });
  const upload = createBillingUpload({
    postStream: given.postStream,
    session: keeper,
    portal,
    onProgress: given.onUploadProgress,
    log,
  });

  const print = createPrintDownload({ askWhere, download, gateway, onProgress: given.onPrintProgress, log });

  const humanCheck = createHumanCheck({
    client,
    portal,
    openView: given.openHumanCheckView,
    language: () => settings.get().language,
    isDark: given.isDark,
    log,
  });

  async function shellInfo(): Promise<ShellInfo> {
    const { language, theme } = settings.get();
    const keychain = await keychainState();
    return { ...given.versions, platform: process.platform, keychain, language, theme };
  }

  return {
    sessionWatch: watch,
    handleAppRequest: createAppProtocol({ gateway, rendererFolder: given.rendererFolder, log }),
    handlers: desktopHandlers({
      settings,
      signIn,
      account,
      documents,
      saveAccountData: createAccountData({ askWhere, download, log }),
      humanCheck,
      upload,
      print,
      shellInfo,
      applyAppearance: given.applyAppearance,
    }),
  };
}

export const settingsPath = (userData: string) => join(userData, 'settings.json');
