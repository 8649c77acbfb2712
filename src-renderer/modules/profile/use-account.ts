import {
  cancelEmailChange,
  changeEmail,
  confirmEmail,
  sendEmailCode,
  setNotificationChoice,
  updateAccount,
} from '../../../contract/account.ts';
import { removePayer } from '../../../contract/account-payers.ts';
import type { BodyInput } from '../../../contract/endpoint.ts';
import { call } from '../../api/client.ts';
import { desktop, unwrap } from '../../desktop/index.ts';
import { today } from '../../shared/format/time.ts';
import { useOwnSession } from '../session/use-own-session.ts';
import { useSessionStore } from '../session/use-session-store.ts';

/** What a person does to their own account. Each fails with an ApiProblem. */
export function useAccount() {
  const store = useSessionStore();
  const { take } = useOwnSession();

  const update = async (changes: BodyInput<typeof updateAccount>) => take(await call(updateAccount, { body: changes }));

  const requestEmail = async (email: string, password: string) =>
    take(await call(changeEmail, { body: { email, password } }));

  const keepEmail = async () => take(await call(cancelEmailChange));

  const confirm = async (code: string) => take(await call(confirmEmail, { body: { code } }));

  /** Where to, and after how many seconds the next one goes. */
  const resendCode = () => call(sendEmailCode);

  const leavePayer = async (id: string, password: string) =>
    take(await call(removePayer, { params: { id }, body: { password } }));

  const notify = (managerId: string, newSlips: boolean) =>
    call(setNotificationChoice, { params: { managerId }, body: { newSlips } });

  const changePassword = async (currentPassword: string, password: string) =>
    take(unwrap(await desktop().account.changePassword({ currentPassword, password })));

  /** The file's name, or null when the person thought better of it. */
  async function saveData(): Promise<string | null> {
    const fileName = `iiportal-moji-podatki-${today()}.zip`;
    const saved = unwrap(await desktop().account.saveData({ fileName }));
    return saved.saved ? (saved.fileName ?? fileName) : null;
  }

  async function remove(password: string): Promise<void> {
    unwrap(await desktop().account.deleteAccount({ password }));
    store.end();
  }

  return {
    ...{ update, requestEmail, keepEmail, confirm, resendCode, leavePayer, notify, changePassword, saveData, remove },
  };
}
