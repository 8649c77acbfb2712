import type { Language } from '../../contract/registrations.ts';

const locales: Readonly<Record<Language, string>> = { sl: 'sl-SI', en: 'en-GB' };

/** `2026-10` as `oktober 2026`, `October 2026`. */
export const formatPeriod = (period: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${period}-01T00:00:00Z`),
  );

const format = (moment: Date, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'Europe/Ljubljana' }).format(moment);

/** The clocks in Slovenia, as `5. 7. 2026 ob 9.05`, `5 July 2026 at 09:05`. */
export function formatMoment(moment: Date, language: Language): string {
  const time = format(moment, language, { hour: '2-digit', minute: '2-digit' });
  if (language === 'en') return `${format(moment, language, { dateStyle: 'long' })} at ${time}`;
  return `${format(moment, language, { dateStyle: 'short' })} ob ${time}`;
}
