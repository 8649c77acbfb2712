import { useI18n } from 'vue-i18n';
import type { Language } from '../../../contract/registrations.ts';
import { formatInstant, formatMonth, formatOn, formatPeriod, formatSoon, formatUntil } from './time.ts';

/** The formats that speak: names of months and days in the chosen language. */
export function useFormat() {
  const { locale } = useI18n();
  const language = () => locale.value as Language;
  return {
    period: (period: string) => formatPeriod(period, language()),
    month: (period: string) => formatMonth(period, language()),
    until: (day: string) => formatUntil(day, language()),
    on: (day: string) => formatOn(day, language()),
    instant: (instant: string) => formatInstant(instant, language()),
    soon: (instant: string) => formatSoon(instant, language()),
  };
}
