import { computed, reactive, ref } from 'vue';
import type { FieldFault } from '../../../contract/errors.ts';
import {
  brokenOwnPasswordRules,
  commonPasswordFault,
  ownPasswordRuleNames,
  ownPasswordSchema,
} from '../../../contract/schemas/own-password.ts';

/** How a form names what is wrong with a new password: what exactly, the rule beside it says piece by piece. */
const ruleFor = (typed: string, rule: string): string =>
  typed === '' ? 'required' : ownPasswordRuleNames.some((name) => name === rule) ? 'own_password' : rule;

/**
 * A new own password, typed twice. The context is what others know of the person (ownPasswordContext): it must not
 * make up the password.
 */
export function useNewPassword(context: () => readonly string[]) {
  const values = reactive({ password: '', repeat: '' });
  const faults = ref<{ password?: string; repeat?: string }>({});
  const broken = computed(() => brokenOwnPasswordRules(values.password, context()));

  function passwordFault(): string | undefined {
    const rule = ownPasswordSchema.safeParse(values.password).error?.issues[0]?.message;
    if (rule !== undefined) return ruleFor(values.password, rule);
    return broken.value.length > 0 ? commonPasswordFault : undefined;
  }

  /** Whether it can be sent; the faults are shown from now on. */
  function check(): boolean {
    const password = passwordFault();
    const repeat = values.repeat === '' ? 'required' : values.repeat === values.password ? undefined : 'repeat';
    faults.value = { ...(password && { password }), ...(repeat && { repeat }) };
    return !password && !repeat;
  }

  /** The server's findings. */
  function refused(fields: readonly FieldFault[]): void {
    const found = fields.find(({ path }) => path === 'password');
    if (found) faults.value = { password: ruleFor(values.password, found.rule) };
  }

  const changed = (field: 'password' | 'repeat'): void => {
    faults.value = { ...faults.value, [field]: undefined };
  };

  return {
    values,
    faults,
    broken,
    isRepeated: computed(() => values.repeat !== '' && values.repeat === values.password),
    check,
    refused,
    changed,
  };
}

export type NewPassword = ReturnType<typeof useNewPassword>;
