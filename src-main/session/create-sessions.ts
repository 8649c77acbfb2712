import { hostname } from 'node:os';
import { offlineFolder } from '../cache/offline-cache.ts';
import type { OpenedCopies } from '../files/opened-copies.ts';
import { createGateway } from '../gateway/gateway.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { Logger } from '../log.ts';
import type { SettingsFile } from '../settings/settings.ts';
import { createAccount } from './account.ts';
import { createAccountVault } from './account-vault.ts';
import { deviceName as nameOf } from './device-name.ts';
import { createHeldSession } from './held-session.ts';
import { createSessionKeeper, type SessionKeeperDeps } from './session-keeper.ts';
import { createSessionWatch } from './session-watch.ts';
import { createSignIn } from './sign-in.ts';

export interface SessionsDeps {
  readonly userData: string;
  readonly settings: SettingsFile;
  readonly store: SecretStore;
  readonly client: PortalClient;
  readonly copies: Pick<OpenedCopies, 'remove'>;
  /** False only when surely nobody can be reached. */
  readonly isOnline: () => boolean;
  readonly sessionCheckMs: number;
  readonly onSessionEnded: SessionKeeperDeps['onEnded'];
  readonly clock: () => Date;
  readonly log: Logger;
}

/** All that knows who is signed in, put together: one keeper of the session, and what works in its name. */
export function createSessions({ settings, store, client, copies, clock, log, ...given }: SessionsDeps) {
  const portal = () => settings.get().portal;
  const vault = createAccountVault({
    store,
    profileId: () => settings.get().profileId,
    offlineFolder: offlineFolder(given.userData),
    log,
  });
  const session = createHeldSession({ vault, copies, settings, clock });
  const keeper = createSessionKeeper({ session, vault, onEnded: given.onSessionEnded });
  const gateway = createGateway({ client, session: keeper, portal, clock, log });
  const deviceName = nameOf(process.platform, hostname());
  const watch = createSessionWatch({
    client,
    session: keeper,
    portal,
    isOnline: given.isOnline,
    intervalMs: given.sessionCheckMs,
    random: Math.random,
    log,
  });
  return {
    keeper,
    gateway,
    watch,
    signIn: createSignIn({ client, gateway, keeper, settings, deviceName, log }),
    account: createAccount({ client, keeper, portal, deviceName }),
    keychainState: () => vault.state(),
  };
}
