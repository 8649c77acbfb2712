import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ShellInfo, UploadProgress } from '../contract/desktop/api.ts';
import { offlineFolder } from './cache/offline-cache.ts';
import { createBillingUpload } from './files/billing-upload.ts';
import type { PostStream } from './files/billing-upload.ts';
import { createDocuments } from './files/documents.ts';
import type { AskWhere } from './files/documents.ts';
import { createAppProtocol } from './gateway/app-protocol.ts';
import { createGateway } from './gateway/gateway.ts';
import { createPortalClient } from './gateway/portal-client.ts';
import type { Fetch } from './gateway/portal-client.ts';
import { desktopHandlers } from './ipc/desktop-handlers.ts';
import type { SecretStore } from './keychain/secret-store.ts';
import type { Logger } from './log.ts';
import { createAccountVault } from './session/account-vault.ts';
import { deviceName } from './session/device-name.ts';
import { createSessionKeeper } from './session/session-keeper.ts';
import { createSignIn } from './session/sign-in.ts';
import type { Settings, SettingsFile } from './settings/settings.ts';

/** Everything that is the outside world: tests pass in their own. */
export interface Surroundings {
  readonly userData: string;
  readonly rendererFolder: string;
  readonly settings: SettingsFile;
  readonly store: SecretStore;
  readonly fetch: Fetch;
  readonly postStream: PostStream;
  readonly askWhere: AskWhere;
  readonly onUploadProgress: (progress: UploadProgress) => void;
  readonly applyAppearance: (settings: Settings) => void;
  readonly versions: Pick<ShellInfo, 'version' | 'electron'>;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** The main process put together: the handler of app:// and the handlers of the bridge. */
export function createApplication(given: Surroundings) {
  const { settings, log, store, clock } = given;
  const portal = () => settings.get().portal;
  const client = createPortalClient(given.fetch);
  const vault = createAccountVault({
    store,
    profileId: () => settings.get().profileId,
    offlineFolder: offlineFolder(given.userData),
    log,
  });
  const keeper = createSessionKeeper(vault, settings);
  const gateway = createGateway({ client, session: keeper, portal, clock, log });
  const name = deviceName(process.platform, hostname());
  const signIn = createSignIn({ client, gateway, keeper, settings, deviceName: name, log });
  const lettersName = () => (settings.get().language === 'sl' ? 'pisma-z-gesli.pdf' : 'slip-password-letters.pdf');
  const documents = createDocuments({
    askWhere: given.askWhere,
    gateway,
    client,
    session: keeper,
    portal,
    lettersName,
    log,
  });
  const upload = createBillingUpload({
    postStream: given.postStream,
    session: keeper,
    portal,
    onProgress: given.onUploadProgress,
    log,
  });

  async function shellInfo(): Promise<ShellInfo> {
    const { language, theme } = settings.get();
    const keychain = await vault.state();
    return { ...given.versions, platform: process.platform, keychain, language, theme };
  }

  return {
    handleAppRequest: createAppProtocol({ gateway, rendererFolder: given.rendererFolder, log }),
    handlers: desktopHandlers({
      settings,
      signIn,
      documents,
      upload,
      shellInfo,
      applyAppearance: given.applyAppearance,
    }),
  };
}

export const settingsPath = (userData: string) => join(userData, 'settings.json');
