import type { Language } from '../../../contract/registrations.ts';

const locales = { sl: 'sl-SI', en: 'en-GB' } as const satisfies Record<Language, string>;

/** Noon, so that no time zone moves the day. */
const dateOf = (day: string): Date => new Date(`${day}T12:00:00`);

/** A day of the contract (`2026-07-05`) as `5. 7. 2026`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}. ${month}. ${year}`;
}

/** Sunday first, in the case that follows "do" (until) and "od" (since). */
const weekdaysAfterUntil = ['nedelje', 'ponedeljka', 'torka', 'srede', 'četrtka', 'petka', 'sobote'];

/** A day with its weekday: `petek, 20. 11. 2026`, `Friday 20 November 2026`. */
export const formatOn = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], {
    weekday: 'long',
    day: 'numeric',
    month: language === 'sl' ? 'numeric' : 'long',
    year: 'numeric',
  }).format(dateOf(day));

/** A day as it follows "do" or "by": `petka, 20. 11. 2026`, `Friday 20 November 2026`. */
export function formatUntil(day: string, language: Language): string {
  if (language === 'sl') return `${weekdaysAfterUntil[dateOf(day).getDay()]}, ${formatDay(day)}`;
  return formatOn(day, language);
}

/** A period (`2026-10`) as `oktober 2026`, `October 2026`. */
export const formatPeriod = (period: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric' }).format(dateOf(`${period}-15`));

/** A period (`2026-10`) where there is little room: `okt.`, `Oct`; of January with the year, `jan. 2026`. */
export const formatMonth = (period: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], {
    month: 'short',
    ...(period.endsWith('-01') ? { year: 'numeric' } : {}),
  }).format(dateOf(`${period}-15`));

/** A moment (ISO, UTC) in this computer's time: `22. 11. 2026, 14:05`. */
export const formatInstant = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: language === 'sl' ? 'numeric' : 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));

/** A moment that is near: of today the hour alone, `14:05`; of another day with its date. */
export const formatSoon = (instant: string, language: Language, now: Date = new Date()): string =>
  today(new Date(instant)) === today(now)
    ? new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit' }).format(new Date(instant))
    : formatInstant(instant, language);

/** Today on this computer, as a day of the contract. */
export function today(now: Date = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
