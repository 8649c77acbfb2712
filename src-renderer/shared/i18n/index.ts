import { createI18n } from 'vue-i18n';
import type { Language } from '../../../contract/registrations.ts';
import { en } from './en/index.ts';
import { sl } from './sl/index.ts';

const forms = new Intl.PluralRules('sl');

/** "en | dva | trije, štirje | pet": Slovene counts in four forms. */
export function slovenePlural(count: number): number {
  return { one: 0, two: 1, few: 2, other: 3, zero: 3, many: 3 }[forms.select(count)];
}

export const i18n = createI18n({
  legacy: false,
  locale: 'sl',
  fallbackLocale: 'sl',
  messages: { sl, en },
  pluralRules: { sl: slovenePlural },
});

/** Switches the words, and tells the browser and screen readers which language they are in. */
export function speak(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
