import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { emailCodeSchema } from '../../../contract/account.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useCountdown } from '../../shared/composables/use-countdown.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useSessionStore } from '../session/use-session-store.ts';
import { useAccount } from './use-account.ts';

/** Wrong tries after which the server takes the code no more. */
const tries = 5;

/** The address that waits for a code, the code, and what is wrong with it. */
export function useEmailConfirmation() {
  const { t } = useI18n();
  const { ruleSentence, sentence } = useSentences();
  const store = useSessionStore();
  const account = useAccount();
  const countdown = useCountdown();
  const code = ref('');
  const fault = ref<string>();
  const wrong = ref(0);

  /** Null when nothing waits. */
  const address = computed(() => {
    const own = store.session?.account;
    if (!own) return null;
    return own.newEmail ?? (own.emailConfirmed ? null : own.email);
  });

  /** Another code is on its way: the tries begin anew. */
  function expectNew(): void {
    code.value = '';
    wrong.value = 0;
    fault.value = undefined;
  }
  watch(address, expectNew);
  watch(code, () => (fault.value = undefined));

  const confirming = useTask((given: string) => account.confirm(given));

  function refuse(problem: ApiProblem): void {
    if (problem.code === 'code_rejected') wrong.value += 1;
    if (wrong.value >= tries) fault.value = t('profile.confirmation.spent');
    else if (problem.code === 'email_taken') fault.value = t('profile.confirmation.taken');
    else fault.value = sentence(problem);
  }

  /** Whether the address is confirmed now. */
  async function confirm(): Promise<boolean> {
    if (confirming.busy.value) return false;
    const parsed = emailCodeSchema.safeParse(code.value);
    if (!parsed.success) {
      fault.value = ruleSentence(code.value === '' ? 'required' : 'email_code');
      return false;
    }
    await confirming.run(parsed.data);
    if (confirming.problem.value) refuse(confirming.problem.value);
    return confirming.problem.value === null;
  }

  const resending = useTask(account.resendCode);

  /** The address to which a new code went; null when none went. One that came too early is waited for. */
  async function resend(): Promise<string | null> {
    const sent = await resending.run();
    const early = resending.problem.value;
    if (early?.code === 'rate_limited') {
      countdown.start(early.retryAfter ?? 60);
      resending.problem.value = null;
    }
    if (!sent) return null;
    expectNew();
    countdown.start(sent.nextInSeconds);
    return sent.email;
  }

  return {
    ...{ address, code, fault, confirm, resend, left: countdown.left },
    confirming: confirming.busy,
    resending: resending.busy,
    resendProblem: resending.problem,
  };
}
