import { computed, reactive, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { mailedCodeSchema } from '../../../contract/password-resets.ts';
import type { Language } from '../../../contract/registrations.ts';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import { isSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { emailSchema, requiredLine } from '../../../contract/schemas/text.ts';
import { acceptInvitation, openInvitation } from '../../../contract/staff.ts';
import { call } from '../../api/client.ts';
import { useNewPassword } from '../../shared/composables/use-new-password.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useGuestStore } from './use-guest-store.ts';

type Field = 'email' | 'code' | 'firstName' | 'lastName' | 'password';
type Faults = Partial<Record<Field, string | undefined>>;

const ruleOf = (result: { error?: { issues: { message: string }[] } | undefined }) => result.error?.issues[0]?.message;

/** An invitation to a manager's staff: its code opens it, then a password accepts it. */
export function useInvitation() {
  const { locale } = useI18n();
  const guest = useGuestStore();
  const values = reactive<Record<Field, string>>({ email: '', code: '', firstName: '', lastName: '', password: '' });
  const faults = ref<Faults>({});
  /** What it is for; null until the code was right. */
  const invitation = shallowRef<ResponseOf<typeof openInvitation> | null>(null);
  const newPassword = useNewPassword(() => [
    ...ownPasswordContext(values.email, values.firstName, values.lastName),
    invitation.value?.managerName ?? '',
  ]);
  const isNew = computed(() => invitation.value?.hasAccount === false);

  const opening = useTask(async () => {
    const { email, code } = values;
    invitation.value = await call(openInvitation, { body: { email, code } });
    return true;
  });

  const accepting = useTask(async () => {
    const { email, code, firstName, lastName } = values;
    const person = isNew.value ? { firstName, lastName, language: locale.value as Language } : {};
    const password = isNew.value ? newPassword.values.password : values.password;
    const joined = await call(acceptInvitation, { body: { email, code, password, ...person } });
    guest.tell('joined', joined.email);
    return password;
  });

  async function open(): Promise<boolean> {
    faults.value = {
      email: ruleOf(emailSchema.safeParse(values.email)),
      code: mailedCodeSchema.safeParse(values.code).success ? undefined : 'mailed_code',
    };
    return !faults.value.email && !faults.value.code && (await opening.run()) === true;
  }

  function checkPerson(): boolean {
    if (!isNew.value) {
      faults.value = { password: values.password === '' ? 'required' : undefined };
      return values.password !== '';
    }
    const firstName = ruleOf(requiredLine(60).safeParse(values.firstName));
    const lastName = ruleOf(requiredLine(60).safeParse(values.lastName));
    faults.value = { firstName, lastName };
    return newPassword.check() && !firstName && !lastName;
  }

  /** The password with which the person can now sign in; undefined when it was not accepted. */
  async function accept(): Promise<string | undefined> {
    if (!checkPerson()) return undefined;
    const password = await accepting.run();
    if (password === undefined) newPassword.refused(accepting.problem.value?.fields ?? []);
    return password;
  }

  const changed = (field: Field): void => {
    faults.value = { ...faults.value, [field]: undefined };
  };

  return {
    ...{ values, faults, invitation, isNew, newPassword, open, accept, changed },
    isCodeGood: computed(() => isSlipPassword(values.code)),
    busy: computed(() => opening.busy.value || accepting.busy.value),
    problem: computed(() => accepting.problem.value ?? opening.problem.value),
  };
}
