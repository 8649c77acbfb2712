import { computed, reactive, ref } from 'vue';
import { completePasswordReset, mailedCodeSchema, requestPasswordReset } from '../../../contract/password-resets.ts';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import { isSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { emailSchema } from '../../../contract/schemas/text.ts';
import { call } from '../../api/client.ts';
import { useNewPassword } from '../../shared/composables/use-new-password.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useHumanCheck } from '../human-check/use-human-check.ts';
import { useGuestStore } from './use-guest-store.ts';

type Faults = { email?: string | undefined; code?: string | undefined };

/** The forgotten password: first the address, then the code from the mail and a new password. */
export function usePasswordReset() {
  const guest = useGuestStore();
  const { withHumanCheck } = useHumanCheck();
  const step = ref<'ask' | 'code'>('ask');
  /** Where a code was asked for; empty for who has one from before. */
  const sentTo = ref('');
  const values = reactive({ email: guest.email, code: '' });
  const faults = ref<Faults>({});
  const newPassword = useNewPassword(() => ownPasswordContext(values.email));

  const emailFault = () => emailSchema.safeParse(values.email).error?.issues[0]?.message;

  const asking = useTask(async (): Promise<true> => {
    const email = emailSchema.parse(values.email);
    await withHumanCheck('password-reset', (humanCheck) => call(requestPasswordReset, { body: { email, humanCheck } }));
    return true;
  });

  const setting = useTask(async (): Promise<true> => {
    const email = emailSchema.parse(values.email);
    await call(completePasswordReset, { body: { email, code: values.code, password: newPassword.values.password } });
    guest.tell('reset', email);
    return true;
  });

  /** Whether a code is on its way, if there is such an account: the portal does not say. */
  async function ask(): Promise<boolean> {
    const email = emailFault();
    faults.value = { email };
    if (email || !(await asking.run())) return false;
    values.code = '';
    sentTo.value = values.email.trim();
    step.value = 'code';
    return true;
  }

  async function set(): Promise<boolean> {
    const code = mailedCodeSchema.safeParse(values.code).success ? undefined : 'mailed_code';
    const email = emailFault();
    faults.value = { code, email };
    if (!newPassword.check() || code || email) return false;
    if (await setting.run()) return true;
    newPassword.refused(setting.problem.value?.fields ?? []);
    return false;
  }

  /** Who has a code already need not ask for another one; who mistyped the address goes back. */
  function go(to: 'ask' | 'code'): void {
    step.value = to;
    sentTo.value = '';
    asking.problem.value = null;
    setting.problem.value = null;
    faults.value = {};
  }

  const changed = (field: keyof Faults): void => {
    faults.value = { ...faults.value, [field]: undefined };
  };

  return {
    ...{ step, sentTo, values, faults, newPassword, ask, set, go, changed },
    isCodeGood: computed(() => isSlipPassword(values.code)),
    busy: computed(() => asking.busy.value || setting.busy.value),
    problem: computed(() => asking.problem.value ?? setting.problem.value),
  };
}
