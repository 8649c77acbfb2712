import { hostname } from 'node:os';
import { offlineFolder, removeAside } from '../cache/cache-folder.ts';
import type { OpenedCopies } from '../files/opened-copies.ts';
import { createGateway } from '../gateway/gateway.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import { getPortal } from '../../contract/portal.ts';
import { answerTo } from '../gateway/answer-to.ts';
import { createConnection } from '../offline/connection.ts';
import { createOffline } from '../offline/create-offline.ts';
import type { OfflineDeps } from '../offline/create-offline.ts';
import { watchStore } from '../keychain/watched-store.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { Logger } from '../log.ts';
import type { Policy } from '../policy/policy.ts';
import type { SettingsFile } from '../settings/settings.ts';
import { createAccount } from './account.ts';
import { createAccountTraces } from './account-traces.ts';
import { createAccountVault } from './account-vault.ts';
import { deviceName as nameOf } from './device-name.ts';
import { createHeldSession } from './held-session.ts';
import { createKeeping } from './keeping.ts';
import type { KeepingDeps } from './keeping.ts';
import { createSessionKeeper, type SessionKeeperDeps } from './session-keeper.ts';
import { createSessionWatch } from './session-watch.ts';
import { createSignedInMark } from './signed-in-mark.ts';
import { createSignIn } from './sign-in.ts';

export interface SessionsDeps extends Pick<OfflineDeps, 'isOnBattery' | 'pace' | 'clearWindow'> {
  readonly userData: string;
  /** As the policy lets them be. */
  readonly settings: SettingsFile;
  readonly policy: Policy;
  readonly store: SecretStore;
  readonly client: PortalClient;
  readonly copies: Pick<OpenedCopies, 'remove'>;
  /** False only when surely nobody can be reached. */
  readonly isOnline: () => boolean;
  readonly sessionCheckMs: number;
  /** Until the first look for a portal that was lost. */
  readonly reconnectMs: number;
  readonly onPortalBack: () => void;
  readonly onOfflineState: OfflineDeps['onState'];
  readonly onSessionEnded: SessionKeeperDeps['onEnded'];
  readonly onKeepingChanged: KeepingDeps['onChange'];
  readonly clock: () => Date;
  readonly log: Logger;
}

/** All that knows who is signed in, put together: one keeper of the session, and what works in its name. */
export function createSessions({ settings, client, copies, clock, log, ...given }: SessionsDeps) {
  const portal = () => settings.get().portal;
  const store = watchStore(given.store);
  const vault = createAccountVault({
    store,
    profileId: () => settings.get().profileId,
    offlineFolder: offlineFolder(given.userData),
    log,
  });
  const mark = createSignedInMark({ settings, clock });
  const traces = createAccountTraces({ vault, mark, settings });
  const session = createHeldSession({ vault, traces, mark, copies, settings });
  const keeper = createSessionKeeper({
    session,
    vault,
    onEnded: given.onSessionEnded,
    onPassage: () => {
      keeping.tell();
      offline.wake();
    },
  });
  const keeping = createKeeping({ keeper, session, store, vault, settings, onChange: given.onKeepingChanged });
  const connection = createConnection({
    probe: async () => await answerTo(client, portal() ?? '', { operation: getPortal }),
    isOnline: given.isOnline,
    firstMs: given.reconnectMs,
    onBack: () => {
      given.onPortalBack();
      offline.wake();
    },
  });
  const gateway = createGateway({ client, session: keeper, portal, connection, clock, log });
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
  const signIn = createSignIn({ client, gateway, keeper, settings, policy: given.policy, deviceName, log });
  const offline = createOffline({
    ...{ gateway, connection, settings, clock, log, session: keeper, onState: given.onOfflineState },
    ...{ isOnBattery: given.isOnBattery, pace: given.pace, clearWindow: given.clearWindow },
    cacheState: () => vault.cacheState(),
    onWhole: () => removeAside(offlineFolder(given.userData)),
    signOut: () => signIn.signOut(),
  });
  return {
    keeper,
    gateway,
    watch,
    signIn,
    offline,
    account: createAccount({ client, keeper, portal, deviceName }),
    keeping,
  };
}
