import { computed, reactive, ref } from 'vue';
import type { FieldFault } from '../../../contract/errors.ts';
import { updateManagerSettings, type ManagerSettings } from '../../../contract/manager-settings.ts';
import type { SettingsChange } from './use-manager-settings.ts';

/** What is typed on the pages of settings; an account for payments is chosen and not typed. */
export type SettingsField = Exclude<keyof SettingsChange, 'iban' | 'password'>;
export type SettingsValues<Field extends SettingsField = SettingsField> = Record<Field, string>;

/** Where nothing is typed there is none. */
const nullable: readonly SettingsField[] = ['email', 'phone', 'taxNumber'];

/** As it is compared and sent: who only adds a blank has changed nothing. Every text is one line, however it was typed. */
function sent(field: SettingsField, typed: string): string | number | null {
  const text = typed.replace(/\s+/g, ' ').trim();
  if (nullable.includes(field) && text === '') return null;
  return field === 'slipPasswordDays' && /^\d+$/.test(text) ? Number(text) : text;
}

/** Some of the settings while an admin changes them, in the order in which they stand on the page. */
export function useSettingsForm<Field extends SettingsField>(
  settings: () => ManagerSettings,
  fields: readonly Field[],
) {
  const valuesOf = (): SettingsValues<Field> =>
    Object.fromEntries(fields.map((field) => [field, String(settings()[field] ?? '')])) as SettingsValues<Field>;
  const values = reactive(valuesOf()) as SettingsValues<Field>;
  const faults = ref<Partial<Record<string, string>>>({});

  const changed = computed<SettingsChange>(() => {
    const given = fields.filter((field) => sent(field, values[field]) !== settings()[field]);
    return Object.fromEntries(given.map((field) => [field, sent(field, values[field])]));
  });

  const isField = (name: unknown): boolean => fields.some((field) => field === name);

  /** Whether all can be sent; the faults are shown from now on. */
  function check(): boolean {
    const found: Partial<Record<string, string>> = {};
    for (const { path, message } of updateManagerSettings.body.safeParse(changed.value).error?.issues ?? []) {
      const rule = values[path[0] as Field].trim() === '' ? 'required' : message;
      if (isField(path[0])) found[String(path[0])] ??= rule;
    }
    faults.value = found;
    return Object.keys(found).length === 0;
  }

  /** The server's findings, at the fields they are about. */
  function refused(found: readonly FieldFault[]): void {
    faults.value = Object.fromEntries(found.filter(({ path }) => isField(path)).map(({ path, rule }) => [path, rule]));
  }

  /** A field that is being changed is no longer at fault. */
  function typed(field: Field): void {
    faults.value = { ...faults.value, [field]: undefined };
  }

  /** Everything as it is saved. */
  function reset(): void {
    Object.assign(values, valuesOf());
    faults.value = {};
  }

  return { values, faults, changed, isChanged: computed(() => Object.keys(changed.value).length > 0), check, refused, typed, reset }; // prettier-ignore
}

export type SettingsForm = Omit<ReturnType<typeof useSettingsForm>, 'values' | 'typed'>;
