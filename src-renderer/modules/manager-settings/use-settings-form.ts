import { computed, reactive, ref } from 'vue';
import type { FieldFault } from '../../../contract/errors.ts';
import { updateManagerSettings, type ManagerSettings } from '../../../contract/manager-settings.ts';
import { formatIban } from '../../shared/format/payment.ts';

/** The fields in the order in which they stand on the page. */
const settingsFields = ['referenceTemplate', 'purposeTemplate', 'purposeCode', 'iban', 'slipNote'] as const;
export type SettingsField = (typeof settingsFields)[number];
export type SettingsValues = Record<SettingsField, string>;
export type SettingsFaults = Partial<Record<SettingsField, string>>;

const valuesOf = (settings: ManagerSettings): SettingsValues => ({
  referenceTemplate: settings.referenceTemplate,
  purposeTemplate: settings.purposeTemplate,
  purposeCode: settings.purposeCode,
  iban: formatIban(settings.iban),
  slipNote: settings.slipNote,
});

const isField = (name: unknown): name is SettingsField => settingsFields.some((field) => field === name);

/** As it is compared and sent: who only adds a blank has changed nothing. A note is one line, however it was typed. */
const sent = (values: SettingsValues): SettingsValues => ({
  referenceTemplate: values.referenceTemplate.trim(),
  purposeTemplate: values.purposeTemplate.trim(),
  purposeCode: values.purposeCode,
  iban: formatIban(values.iban.replace(/\s/g, '').toUpperCase()),
  slipNote: values.slipNote.replace(/\s+/g, ' ').trim(),
});

/** What an admin changes of the settings, and what is wrong with it. */
export function useSettingsForm(settings: () => ManagerSettings) {
  const values = reactive<SettingsValues>(valuesOf(settings()));
  const faults = ref<SettingsFaults>({});

  const changed = computed<Partial<SettingsValues>>(() => {
    const [before, now] = [valuesOf(settings()), sent(values)];
    return Object.fromEntries(settingsFields.filter((field) => now[field] !== before[field]).map((field) => [field, now[field]])); // prettier-ignore
  });

  /** Whether all can be sent; the faults are shown from now on. */
  function check(): boolean {
    const found: SettingsFaults = {};
    for (const { path, message } of updateManagerSettings.body.safeParse(changed.value).error?.issues ?? []) {
      if (isField(path[0])) found[path[0]] ??= message;
    }
    faults.value = found;
    return Object.keys(found).length === 0;
  }

  /** The server's findings, at the fields they are about. */
  function refused(fields: readonly FieldFault[]): void {
    faults.value = Object.fromEntries(fields.filter(({ path }) => isField(path)).map(({ path, rule }) => [path, rule]));
  }

  /** A field that is being changed is no longer at fault. */
  function typed(field: SettingsField): void {
    faults.value = { ...faults.value, [field]: undefined };
  }

  /** Everything as it is saved. */
  function reset(): void {
    Object.assign(values, valuesOf(settings()));
    faults.value = {};
  }

  return { values, faults, changed, isChanged: computed(() => Object.keys(changed.value).length > 0), check, refused, typed, reset }; // prettier-ignore
}
