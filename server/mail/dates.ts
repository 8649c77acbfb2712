import type { Language } from '../../contract/registrations.ts';

/** Made once: making one costs more than the rest of a mail. */
const formats = (locale: string) => ({
  period: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  day: new Intl.DateTimeFormat(locale, {
    dateStyle: locale === 'sl-SI' ? 'short' : 'long',
    timeZone: 'Europe/Ljubljana',
  }),
  time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Ljubljana' }),
});

const formatsOf: Readonly<Record<Language, ReturnType<typeof formats>>> = {
  sl: formats('sl-SI'),
  en: formats('en-GB'),
};

/** `2026-10` as `oktober 2026`, `October 2026`. */
export const formatPeriod = (period: string, language: Language): string =>
  formatsOf[language].period.format(new Date(`${period}-01T00:00:00Z`));

/** `2026-07-05` as `5. 7. 2026`, `5 July 2026`. */
export const formatDay = (day: string, language: Language): string =>
  formatsOf[language].day.format(new Date(`${day}T12:00:00Z`));

/** By the clocks in Slovenia: `5. 7. 2026 ob 09:05`, `5 July 2026 at 09:05`. */
export function formatMoment(moment: Date, language: Language): string {
  const { day, time } = formatsOf[language];
  return `${day.format(moment)} ${language === 'sl' ? 'ob' : 'at'} ${time.format(moment)}`;
}
