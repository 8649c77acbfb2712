import { computed, reactive, ref } from 'vue';
import type { FieldFault } from '../../../contract/errors.ts';
import { registrationSchema } from '../../../contract/registrations.ts';
import {
  brokenOwnPasswordRules,
  commonPasswordFault,
  ownPasswordContext,
} from '../../../contract/schemas/own-password.ts';
import { isSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';

/** The fields in the order in which they stand on the page. */
const registrationFields = [
  'managerId',
  'payerCode',
  'slipPassword',
  'firstName',
  'lastName',
  'email',
  'password',
  'repeat',
] as const;
export type RegistrationField = (typeof registrationFields)[number];
export type RegistrationValues = Record<RegistrationField, string>;
export type RegistrationFaults = Partial<Record<RegistrationField, string>>;

const slipPasswordLength = 13;

/** How the form names a broken rule of the contract: nearer to what the person can do about it. */
function ruleFor(field: RegistrationField, value: string, rule: string): string {
  if (field === 'managerId') return 'manager';
  if (value.trim() === '') return 'required';
  if (field === 'password' && rule !== 'too_long' && rule !== commonPasswordFault) return 'own_password';
  if (field === 'slipPassword' && normalizeSlipPassword(value).length < slipPasswordLength)
    return 'slip_password_short';
  return rule;
}

const isField = (name: unknown): name is RegistrationField => registrationFields.some((field) => field === name);

/** The pieces of the rule that the own password breaks; it must not be made of what the form says of the person. */
const brokenRulesOf = ({ password, email, firstName, lastName, payerCode }: RegistrationValues) =>
  brokenOwnPasswordRules(password, ownPasswordContext(email, firstName, lastName, payerCode));

/** The broken rule of each faulty field, checked with the contract's own schema. */
export function registrationFaults(values: RegistrationValues): RegistrationFaults {
  const faults: RegistrationFaults = {};
  const { repeat, ...registration } = values;
  for (const issue of registrationSchema.safeParse(registration).error?.issues ?? []) {
    const field = issue.path[0];
    if (isField(field)) faults[field] ??= ruleFor(field, values[field], issue.message);
  }
  if (brokenRulesOf(values).length > 0) faults.password ??= commonPasswordFault;
  if (repeat === '') faults.repeat = 'required';
  else if (repeat !== values.password) faults.repeat = 'repeat';
  return faults;
}

/** The values of the registration, their faults once they matter, and what can be said while somebody is typing. */
export function useRegistrationForm(initial: Partial<RegistrationValues>) {
  const values = reactive<RegistrationValues>({
    managerId: '',
    payerCode: '',
    slipPassword: '',
    firstName: '',
    lastName: '',
    email: '',
    password: '',
    repeat: '',
    ...initial,
  });
  const shown = ref<RegistrationFaults>({});

  /** Whether all can be sent; the faults are shown from now on. */
  function check(): boolean {
    shown.value = registrationFaults(values);
    return Object.keys(shown.value).length === 0;
  }

  /** A field that was left: its own fault may be said, that of an empty one waits until the form is sent. */
  function left(field: RegistrationField): void {
    const fault = values[field] === '' ? undefined : registrationFaults(values)[field];
    if (fault) shown.value = { ...shown.value, [field]: fault };
  }

  /** A field that is being changed is no longer at fault. */
  function changed(field: RegistrationField): void {
    if (!(field in shown.value)) return;
    shown.value = Object.fromEntries(Object.entries(shown.value).filter(([name]) => name !== field));
  }

  /** The server's findings, at the fields they are about. */
  function refused(fields: readonly FieldFault[]): void {
    const found = fields.filter((fault) => isField(fault.path)).map((fault) => [fault.path, fault.rule] as const);
    shown.value = Object.fromEntries(found);
  }

  return {
    values,
    faults: shown,
    check,
    left,
    changed,
    refused,
    isSlipPasswordGood: computed(() => isSlipPassword(values.slipPassword)),
    isRepeated: computed(() => values.repeat !== '' && values.repeat === values.password),
    brokenRules: computed(() => brokenRulesOf(values)),
  };
}
