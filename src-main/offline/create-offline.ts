import type { OfflineState } from '../../contract/desktop/api.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { Connection } from './connection.ts';
import { createFetchAhead } from './fetch-ahead.ts';
import type { FetchAheadDeps } from './fetch-ahead.ts';
import { createForgetComputer } from './forget-computer.ts';
import type { ForgetComputerDeps } from './forget-computer.ts';

export interface OfflineDeps extends Omit<FetchAheadDeps, 'isWanted'>, Omit<ForgetComputerDeps, 'settings'> {
  readonly connection: Connection;
  readonly settings: SettingsFile;
}

/** What the window can ask about what is there without a connection, and what works on it in the background. */
export function createOffline(deps: OfflineDeps) {
  const { settings, connection } = deps;
  const fetchAhead = createFetchAhead({ ...deps, isWanted: () => settings.get().fetchAhead });
  return {
    start: () => fetchAhead.start(),
    wake: () => fetchAhead.wake(),
    state: (): Promise<OfflineState> => fetchAhead.state(),
    setMetered: (isMetered: boolean) => fetchAhead.setMetered(isMetered),
    look: () => connection.look(),
    forgetComputer: createForgetComputer(deps),

    async setFetching(isWanted: boolean): Promise<void> {
      await settings.change({ fetchAhead: isWanted });
      fetchAhead.wake();
    },
  };
}

export type Offline = ReturnType<typeof createOffline>;
