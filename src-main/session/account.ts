import {
  changePassword as changePasswordOperation,
  deleteAccount as deleteAccountOperation,
} from '../../contract/account.ts';
import type { Session } from '../../contract/session.ts';
import { answerTo } from '../gateway/answer-to.ts';
import type { PortalClient } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface AccountDeps {
  readonly client: PortalClient;
  readonly keeper: SessionKeeper;
  readonly portal: () => string | null;
  /** What another device of the same person will be told: "Windows, PISARNA-3". */
  readonly deviceName: string;
}

/** What the person does to their own account and what changes, or ends, the session. */
export function createAccount({ client, keeper, portal, deviceName }: AccountDeps) {
  function requirePortal(): string {
    const origin = portal();
    if (!origin) throw new ProblemError('not_a_portal');
    return origin;
  }

  /** A crash before the new token is in the keychain leaves the person signed out, with their slips still here. */
  async function changePassword(passwords: { currentPassword: string; password: string }): Promise<Session> {
    const origin = requirePortal();
    const body = JSON.stringify({ ...passwords, device: deviceName });
    const { session } = await keeper.renew((token) =>
      answerTo(client, origin, { operation: changePasswordOperation, token, body }),
    );
    return session;
  }

  /** The server first: what is here is the person's until it has agreed. */
  async function deleteAccount({ password }: { password: string }): Promise<null> {
    const origin = requirePortal();
    const body = JSON.stringify({ password });
    await keeper.leave((token) => answerTo(client, origin, { operation: deleteAccountOperation, token, body }));
    return null;
  }

  return { changePassword, deleteAccount };
}

export type Account = ReturnType<typeof createAccount>;
