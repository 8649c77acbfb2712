import { computed, reactive, ref } from 'vue';
import { channelChoiceSchema } from '../../../contract/e-invoices.ts';
import type { ChannelChoice } from '../../../contract/e-invoices.ts';
import type { FieldFault } from '../../../contract/errors.ts';
import type { Channel } from '../../../contract/slips.ts';
import { useSentences } from '../i18n/use-sentences.ts';

const fieldsOf = {
  none: [],
  email: ['email'],
  bank: ['iban', 'taxNumber'],
  bizbox: ['taxNumber'],
  imdocs: ['taxNumber'],
} as const satisfies Record<Channel, readonly string[]>;

export type ChannelField = (typeof fieldsOf)[Channel][number];

/** A channel that is being chosen, with what it needs; checked by the contract's own schema. */
export function useChannelChoice(initial: { channel: Channel; email: string }) {
  const { ruleSentence } = useSentences();
  const channel = ref<Channel>(initial.channel);
  const values = reactive<Record<ChannelField, string>>({ email: initial.email, iban: '', taxNumber: '' });
  const faults = ref<Partial<Record<ChannelField, string>>>({});
  const fields = computed<readonly ChannelField[]>(() => fieldsOf[channel.value]);

  function show(found: readonly FieldFault[]): void {
    const sentenceOf = ({ path, rule }: FieldFault) =>
      ruleSentence(values[path as ChannelField]?.trim() === '' ? 'required' : rule);
    faults.value = Object.fromEntries(found.map((fault) => [fault.path, sentenceOf(fault)]));
  }

  /** The choice as the portal takes it; undefined when something is missing, which then stands beside its field. */
  function check(): ChannelChoice | undefined {
    const needed = Object.fromEntries(fields.value.map((field) => [field, values[field]]));
    const parsed = channelChoiceSchema.safeParse({ channel: channel.value, ...needed });
    show(parsed.error?.issues.map(({ path, message }) => ({ path: String(path[0]), rule: message })) ?? []);
    return parsed.data;
  }

  return { channel, values, faults, fields, check, show };
}
