import { ref } from 'vue';
import { credentialsSchema } from '../../../contract/session.ts';
import { focusFirstFault } from '../../shared/composables/focus-first-fault.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';

/** The two fields of the sign-in and what is wrong with them. */
export function useSignInForm(knownEmail: string) {
  const { ruleSentence } = useSentences();
  const email = ref(knownEmail);
  const password = ref('');
  const faults = ref<{ email?: string; password?: string }>({});

  /** The credentials when they can be sent; otherwise the first faulty field has the focus. */
  async function accept(form: HTMLElement | null): Promise<{ email: string; password: string } | null> {
    const parsed = credentialsSchema.safeParse({ email: email.value, password: password.value });
    faults.value = {};
    if (parsed.success) return { email: parsed.data.email, password: parsed.data.password };
    for (const issue of parsed.error.issues) {
      const field = issue.path[0] as 'email' | 'password';
      faults.value[field] ??= ruleSentence(issue.message);
    }
    await focusFirstFault(form);
    return null;
  }

  return { email, password, faults, accept };
}
