import { computed, reactive, ref } from 'vue';
import { addPayer } from '../../../contract/account-payers.ts';
import type { FieldFault } from '../../../contract/errors.ts';
import { payerCodeSchema } from '../../../contract/schemas/payer-code.ts';
import { isSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { call } from '../../api/client.ts';
import { useTask } from '../../shared/composables/use-task.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';
import { useOwnSession } from '../session/use-own-session.ts';
import { useSessionStore } from '../session/use-session-store.ts';

export type PremisesField = 'managerId' | 'payerCode' | 'slipPassword';

const slipPasswordLength = 13;

/** How the form names a broken rule of the contract: nearer to what the person can do about it. */
function ruleFor(field: PremisesField, value: string, rule: string): string {
  if (field === 'managerId') return 'manager';
  if (value.trim() === '') return 'required';
  const isShort = field === 'slipPassword' && normalizeSlipPassword(value).length < slipPasswordLength;
  return isShort ? 'slip_password_short' : rule;
}

/** Manager, payer code and slip password of premises that are to be added, their faults, and the adding itself. */
export function useAddPremises() {
  const { ruleSentence } = useSentences();
  const store = useSessionStore();
  const { take } = useOwnSession();
  const values = reactive<Record<PremisesField, string>>({ managerId: '', payerCode: '', slipPassword: '' });
  const rules = ref<Partial<Record<PremisesField, string>>>({});
  const { run, busy, problem } = useTask(async () => take(await call(addPayer, { body: { ...values } })));

  const isSlipPasswordGood = computed(() => isSlipPassword(values.slipPassword));

  /** The payer, once it is the account's. */
  const find = () => {
    const code = payerCodeSchema.safeParse(values.payerCode).data;
    return store.session?.payers.find((payer) => payer.managerId === values.managerId && payer.code === code);
  };
  /** Said as soon as it is typed: the slip password need not be. */
  const owned = computed(find);

  const show = (faults: readonly FieldFault[]) =>
    (rules.value = Object.fromEntries(faults.map(({ path, rule }) => [path, rule])));

  function check(): boolean {
    const issues = addPayer.body.safeParse(values).error?.issues ?? [];
    const found = issues.map(({ path, message }) => ({ field: path[0] as PremisesField, message }));
    show(found.map(({ field, message }) => ({ path: field, rule: ruleFor(field, values[field], message) })));
    return issues.length === 0;
  }

  function left(field: PremisesField): void {
    if (values[field] === '') return;
    const { error } = addPayer.body.shape[field].safeParse(values[field]);
    if (error) rules.value[field] = ruleFor(field, values[field], error.issues[0]?.message ?? 'invalid');
  }

  function changed(field: PremisesField): void {
    delete rules.value[field];
    problem.value = null;
  }

  const fault = (field: PremisesField): string | undefined => {
    const rule = rules.value[field];
    return rule === undefined ? undefined : ruleSentence(rule);
  };

  /** The payer that was added; undefined when it was not. */
  async function submit() {
    if (busy.value || owned.value || !check()) return undefined;
    await run();
    if (problem.value) return void show(problem.value.fields);
    return find();
  }

  return { values, fault, left, changed, submit, busy, problem, owned, isSlipPasswordGood };
}
