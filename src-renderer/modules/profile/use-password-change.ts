import { computed, ref } from 'vue';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import { useNewPassword } from '../../shared/composables/use-new-password.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useAccount } from './use-account.ts';

/** The change of the own password: the present one, and the new one twice. */
export function usePasswordChange() {
  const store = useSessionStore();
  const account = useAccount();
  const current = ref('');
  const isMissing = ref(false);
  const { run, busy, problem } = useTask(account.changePassword);

  /** What others know of the person; the server compares with the same. */
  const context = computed(() => {
    const { account: own, payers = [], roles = [] } = store.session ?? {};
    const managers = [...payers, ...roles].map(({ managerName }) => managerName);
    const known = [own?.firstName ?? '', own?.lastName ?? '', ...payers.map(({ code }) => code), ...managers];
    return ownPasswordContext(own?.email ?? '', ...known);
  });
  const newPassword = useNewPassword(() => context.value);

  /** The code or the rule that the present password breaks. */
  const currentFault = computed(() => {
    if (isMissing.value) return 'required';
    return problem.value?.code === 'wrong_password' ? 'wrong_password' : null;
  });

  function changedCurrent(): void {
    isMissing.value = false;
    if (currentFault.value) problem.value = null;
  }

  function check(): boolean {
    isMissing.value = current.value === '';
    if (!newPassword.check()) return false;
    if (newPassword.values.password === current.value) {
      newPassword.refused([{ path: 'password', rule: 'same_password' }]);
      return false;
    }
    return !isMissing.value;
  }

  /** Whether the password is changed. */
  async function submit(): Promise<boolean> {
    if (busy.value || !check()) return false;
    await run(current.value, newPassword.values.password);
    newPassword.refused(problem.value?.fields ?? []);
    return problem.value === null;
  }

  /** The failure that belongs to no field. */
  const failure = computed(() => (currentFault.value || problem.value?.fields.length ? null : problem.value));

  return { current, currentFault, changedCurrent, newPassword, busy, failure, submit };
}
