import { createSession, deleteSession, getSession } from '../../contract/session.ts';
import type { Session } from '../../contract/session.ts';
import { getPortal } from '../../contract/portal.ts';
import { asProblem } from '../gateway/portal-client.ts';
import type { PortalClient, PortalRequest } from '../gateway/portal-client.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { requirePortalOrigin } from '../settings/portal-address.ts';
import type { SettingsFile } from '../settings/settings.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface SignInDeps {
  readonly client: PortalClient;
  readonly gateway: Gateway;
  readonly keeper: SessionKeeper;
  readonly settings: SettingsFile;
  /** What another device of the same person will be told: "Windows, PISARNA-3". */
  readonly deviceName: string;
  readonly log: Logger;
}

/** Signing in and out and choosing the portal: what needs the session's token or changes whose it is. */
export function createSignIn({ client, gateway, keeper, settings, deviceName, log }: SignInDeps) {
  async function ask(origin: string, request: PortalRequest): Promise<unknown> {
    const { problem, body } = await client.ask(origin, request).catch(asProblem);
    if (problem) throw new ProblemError(problem);
    return body.length ? JSON.parse(new TextDecoder().decode(body)) : undefined;
  }

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

  async function signIn(credentials: { email: string; password: string }): Promise<Session> {
    const origin = settings.get().portal;
    if (!origin) throw new ProblemError('not_a_portal');
    const body = JSON.stringify({ ...credentials, device: deviceName });
    const answer = createSession.response.safeParse(await ask(origin, { operation: createSession, body }));
    if (!answer.success) throw new ProblemError('not_a_portal', { cause: answer.error });
    const { token, session } = answer.data;
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

  /** Takes a portal's address once an iiPortal server has answered there. Another address means signing out. */
  async function setPortal(typed: string): Promise<{ address: string }> {
    const origin = requirePortalOrigin(typed);
    const answer = getPortal.response.safeParse(await ask(origin, { operation: getPortal }));
    if (!answer.success) throw new ProblemError('not_a_portal', { cause: answer.error });
    if (origin !== settings.get().portal) {
      await signOut();
      await settings.change({ portal: origin });
    }
    return { address: origin };
  }

  return { signIn, signOut, setPortal };
}

export type SignIn = ReturnType<typeof createSignIn>;
