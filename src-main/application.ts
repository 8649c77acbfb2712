import { join } from 'node:path';
import type { ShellInfo } from '../contract/desktop/api.ts';
import type { DeepLinks } from './deep-link/deep-links.ts';
import { createFiles } from './files/create-files.ts';
import type { FilesDeps } from './files/create-files.ts';
import { createOpenedCopies } from './files/opened-copies.ts';
import type { OpenPath } from './files/opened-copies.ts';
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
export interface Surroundings
  extends Omit<SessionsDeps, 'client' | 'copies'>, Omit<FilesDeps, 'client' | 'session' | 'gateway' | 'copies'> {
  readonly rendererFolder: string;
  /** Where the system wants temporary files. */
  readonly tempFolder: string;
  readonly fetch: Fetch;
  readonly openPath: OpenPath;
  readonly links: Pick<DeepLinks, 'take'>;
  readonly openHumanCheckView: OpenView;
  readonly isDark: () => boolean;
  readonly applyAppearance: (settings: Settings) => void;
  readonly versions: Pick<ShellInfo, 'version' | 'electron'>;
}

/** The main process put together: the handler of app:// and the handlers of the bridge. */
export function createApplication(given: Surroundings) {
  const { settings, log, openPath } = given;
  const portal = () => settings.get().portal;
  const client = createPortalClient(given.fetch);
  const profileId = () => settings.get().profileId;
  const copies = createOpenedCopies({ folder: given.tempFolder, profileId, openPath, log });
  const { keeper, gateway, watch, signIn, account, keychainState } = createSessions({ ...given, client, copies });
  const files = createFiles({ ...given, client, session: keeper, gateway, copies });

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
    /** What must not outlive the program, nor wait for the next start after a crash. */
    sweep: () => copies.remove(),
    handleAppRequest: createAppProtocol({ gateway, rendererFolder: given.rendererFolder, log }),
    handlers: desktopHandlers({
      ...files,
      settings,
      signIn,
      account,
      humanCheck,
      links: given.links,
      shellInfo,
      applyAppearance: given.applyAppearance,
    }),
  };
}

export const settingsPath = (userData: string) => join(userData, 'settings.json');
