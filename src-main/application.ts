import { join } from 'node:path';
import type { ShellInfo } from '../contract/desktop/api.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import type { DiagnosticsDeps } from './diagnostics/diagnostics.ts';
import type { DeepLinks } from './deep-link/deep-links.ts';
import { createKnownOffices } from './external/known-offices.ts';
import { createOpenLink } from './external/open-link.ts';
import type { OpenLinkDeps } from './external/open-link.ts';
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
import type { Updates } from './updates/updates.ts';

/** Everything that is the outside world: tests pass in their own. */
export interface Surroundings
  extends Omit<SessionsDeps, 'client' | 'copies'>, Omit<FilesDeps, 'client' | 'session' | 'gateway' | 'copies'> {
  readonly otherPrograms: FilesDeps['otherPrograms'] & Pick<OpenLinkDeps, 'openExternal'>;
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
  readonly system: DiagnosticsDeps['system'];
  readonly tail: DiagnosticsDeps['tail'];
  readonly updates: Pick<Updates, 'status' | 'check' | 'restart'>;
}

/** The main process put together: the handler of app:// and the handlers of the bridge. */
export function createApplication(given: Surroundings) {
  const { settings, log, openPath } = given;
  const portal = () => settings.get().portal;
  const client = createPortalClient(given.fetch);
  const profileId = () => settings.get().profileId;
  const copies = createOpenedCopies({ folder: given.tempFolder, profileId, openPath, log });
  const { keeper, gateway, watch, signIn, account, keeping, offline } = createSessions({ ...given, client, copies });
  const files = createFiles({ ...given, client, session: keeper, gateway, copies });

  const offices = createKnownOffices();
  const openLink = createOpenLink({ ...{ portal, offices, log }, openExternal: given.otherPrograms.openExternal });

  const humanCheck = createHumanCheck({
    client,
    portal,
    openView: given.openHumanCheckView,
    language: () => settings.get().language,
    isDark: given.isDark,
    log,
  });

  function shellInfo(): ShellInfo {
    const { language, theme, columns } = settings.get();
    const settingsLost = settings.wasDamaged;
    return { ...given.versions, platform: process.platform, language, theme, settingsLost, columns };
  }

  const diagnostics = createDiagnostics({
    ...given,
    keeping: keeping.status,
    offline: async () => await offline.state(),
    updates: given.updates.status,
  });

  return {
    diagnostics,
    sessionWatch: watch,
    keeping,
    offline,
    /** What must not outlive the program, nor wait for the next start after a crash. */
    sweep: () => copies.remove(),
    handleAppRequest: createAppProtocol({
      gateway: offices.hearing(gateway),
      rendererFolder: given.rendererFolder,
      log,
    }),
    handlers: desktopHandlers({
      ...files,
      settings,
      signIn,
      account,
      keeping,
      offline,
      humanCheck,
      openLink,
      links: given.links,
      diagnostics,
      updates: given.updates,
      shellInfo,
      applyAppearance: given.applyAppearance,
    }),
  };
}

export type Application = ReturnType<typeof createApplication>;

export const settingsPath = (userData: string) => join(userData, 'settings.json');
