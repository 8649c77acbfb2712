import type { Language } from '../../contract/registrations.ts';

/** Made once: making one costs more than the rest of a mail. */
const euros = (locale: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', useGrouping: 'always' });

const formats: Readonly<Record<Language, Intl.NumberFormat>> = { sl: euros('sl-SI'), en: euros('en-GB') };

/** `1.234,56 €`, `€1,234.56`. */
export const formatCents = (cents: number, language: Language): string => formats[language].format(cents / 100);
