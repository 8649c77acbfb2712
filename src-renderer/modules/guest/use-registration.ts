import { useI18n } from 'vue-i18n';
import type { Language } from '../../../contract/registrations.ts';
import { createRegistration } from '../../../contract/registrations.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useHumanCheck } from '../human-check/use-human-check.ts';
import { useSession } from '../session/use-session.ts';
import type { RegistrationValues } from './use-registration-form.ts';
import { useGuestStore } from './use-guest-store.ts';

/** Sends the registration off, with the human check before it and the sign-in after it. */
export function useRegistration() {
  const { locale } = useI18n();
  const guest = useGuestStore();
  const session = useSession();
  const { withHumanCheck } = useHumanCheck();

  const { run, busy, problem } = useTask(async (values: RegistrationValues): Promise<'registered'> => {
    const { managerId, payerCode, slipPassword, firstName, lastName, email, password } = values;
    const language = locale.value as Language;
    const registration = { managerId, payerCode, slipPassword, firstName, lastName, email, password, language };
    const { email: registered } = await withHumanCheck('registration', (humanCheck) =>
      call(createRegistration, { body: { ...registration, humanCheck } }),
    );
    guest.tell('registered', registered);
    return 'registered';
  });

  /** True when the new account is signed in; when only that failed, the sign-in page says that the rest is done. */
  async function signIn(password: string): Promise<boolean> {
    try {
      await session.signIn({ email: guest.email, password });
      return true;
    } catch {
      return false;
    }
  }

  return { register: run, signIn, busy, problem };
}
