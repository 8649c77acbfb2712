import { useI18n } from 'vue-i18n';
import { formatCents, formatCount } from '../../shared/format/money.ts';
import { percentOff } from './preview-words.ts';

interface Compared {
  readonly cents: number;
  readonly beforeCents: number | null;
}

/** The difference from the month before in words: `+12 %`, `novo`, `ni več`. */
export function useComparison() {
  const { t } = useI18n();

  function inWords({ cents, beforeCents }: Compared): string {
    if (beforeCents === null) return '';
    if (cents === beforeCents) return t('imports.preview.same');
    if (beforeCents === 0) return t('imports.preview.isNew');
    if (cents === 0) return t('imports.preview.isGone');
    const percent = percentOff(cents, beforeCents) ?? 0;
    const sign = cents > beforeCents ? '+' : '−';
    const amount = `${sign}${formatCents(Math.abs(cents - beforeCents))}`;
    return percent === 0 ? amount : `${amount} (${sign}${formatCount(Math.abs(percent))} %)`;
  }

  return { inWords, before: (cents: number | null) => (cents === null ? '–' : formatCents(cents)) };
}
