import type { z } from 'zod';
import type { PortalAddress } from '../../contract/desktop/api.ts';
import type { signInSchema } from '../../contract/desktop/schemas.ts';
import { getPortal } from '../../contract/portal.ts';
import { createSession, deleteSession, getSession, type Session } from '../../contract/session.ts';
import { answerTo } from '../gateway/answer-to.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import type { Policy } from '../policy/policy.ts';
import { requirePortalOrigin } from '../settings/portal-address.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface SignInDeps {
  readonly client: PortalClient;
  readonly gateway: Gateway;
  readonly keeper: SessionKeeper;
  readonly settings: SettingsFile;
  readonly policy: Policy;
  /** What another device of the same person will be told: "Windows, PISARNA-3". */
  readonly deviceName: string;
  readonly log: Logger;
}

/** Signing in and out and choosing the portal: what needs the session's token or changes whose it is. */
export function createSignIn({ client, gateway, keeper, settings, policy, deviceName, log }: SignInDeps) {
  /** Asked now, so that they are kept when the next start has no network. */
  function fetchAhead(): void {
    for (const operation of [getSession, getPortal]) {
      gateway.ask({ operation }).catch((error: unknown) => log.warn('not_fetched_ahead', { id: operation.id, error }));
    }
  }

  async function tellServer(origin: string, token: string): Promise<void> {
    const request = { operation: deleteSession, token, firstByteMs: 5000 };
    await client.ask(origin, request).catch((error: unknown) => log.info('sign_out_not_told', { error }));
  }

  /** Nothing here changes before the portal has agreed: a step that it asks for is typed in with the session as it was. */
  async function signIn(credentials: z.output<typeof signInSchema>): Promise<Session> {
    const origin = settings.get().portal;
    if (!origin) throw new ProblemError('not_a_portal');
    const body = JSON.stringify({ ...credentials, device: deviceName });
    const { token, session } = await answerTo(client, origin, { operation: createSession, body });
    await keeper.begin(origin, { accountId: session.account.id, token });
    fetchAhead();
    return session;
  }

  async function signOut(): Promise<null> {
    const origin = settings.get().portal;
    await keeper.active();
    const token = await keeper.erase();
    if (origin && token) await tellServer(origin, token);
    return null;
  }

  function portal(): PortalAddress {
    const address = settings.get().portal;
    if (policy.state === 'none') return { address };
    return { address, policy: policy.state === 'pinned' ? { state: 'pinned', by: policy.by } : { state: 'damaged' } };
  }

  /** Takes a portal's address once an iiPortal server has answered there. Another address means signing out. */
  async function setPortal(typed: string): Promise<PortalAddress> {
    if (policy.state !== 'none') throw new ProblemError('portal_pinned');
    const origin = requirePortalOrigin(typed);
    await answerTo(client, origin, { operation: getPortal });
    if (origin !== settings.get().portal) {
      await signOut();
      await settings.change({ portal: origin });
    }
    return { address: origin };
  }

  return { signIn, signOut, portal, setPortal };
}

export type SignIn = ReturnType<typeof createSignIn>;
