import { reactive, ref } from 'vue';
import type { z } from 'zod';
import type { FieldFault } from '../../../contract/errors.ts';
import { updatePayer } from '../../../contract/payers.ts';
import type { PayerDetails } from '../../../contract/payers.ts';
import { useSentences } from '../../shared/i18n/use-sentences.ts';

export const payerFields = ['name', 'street', 'town', 'email', 'taxNumber'] as const;
export type PayerField = (typeof payerFields)[number];
export type PayerChanges = z.input<typeof updatePayer.body>;

/** What the office corrects of a payer, with the faults beside the fields. */
export function usePayerEdit(payer: PayerDetails) {
  const { ruleSentence } = useSentences();
  const before = Object.fromEntries(payerFields.map((field) => [field, payer[field] ?? ''])) as Record<
    PayerField,
    string
  >;
  const values = reactive({ ...before });
  const faults = ref<Partial<Record<PayerField, string>>>({});

  const show = (found: readonly FieldFault[]) =>
    (faults.value = Object.fromEntries(found.map(({ path, rule }) => [path, ruleSentence(rule)])));

  /** What was typed anew, null where it was erased. */
  function changes(): PayerChanges {
    const changed = payerFields.filter((field) => values[field].trim() !== before[field]);
    return Object.fromEntries(
      changed.map((field) => {
        const text = values[field].trim();
        return [field, text === '' && (field === 'email' || field === 'taxNumber') ? null : text];
      }),
    );
  }

  /** The changes, possibly none, or null when a field is at fault. */
  function check(): PayerChanges | null {
    const wanted = changes();
    const issues = updatePayer.body.safeParse(wanted).error?.issues ?? [];
    show(issues.map(({ path, message }) => ({ path: String(path[0]), rule: message })));
    return issues.length === 0 ? wanted : null;
  }

  return { values, faults, check, show };
}
