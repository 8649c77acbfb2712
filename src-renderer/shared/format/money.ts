const euros = new Intl.NumberFormat('sl-SI', { style: 'currency', currency: 'EUR', useGrouping: 'always' });

/** Cents as they are printed on a slip, in both languages: `1.234,56 €` with a no-break space. */
export const formatCents = (cents: number): string => euros.format(cents / 100);

/** Cents as a bank's form takes them: `1234,56`. */
export const plainCents = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');

const whole = new Intl.NumberFormat('sl-SI', { useGrouping: 'always' });

/** A count: `12.345`. */
export const formatCount = (count: number): string => whole.format(count);

const perCent = new Intl.NumberFormat('sl-SI', { style: 'percent', maximumFractionDigits: 0 });
const finePerCent = new Intl.NumberFormat('sl-SI', { style: 'percent', maximumFractionDigits: 1 });

/** A part of one as per cent: `43 %`; what is near nothing or near all, to a tenth: `0,4 %`. */
export const formatShare = (share: number): string =>
  (share > 0 && share < 0.01) || (share > 0.99 && share < 1) ? finePerCent.format(share) : perCent.format(share);

/** A decimal number of the contract (`-1234.50`) as `−1.234,50`, every digit kept: it is text, never computed with. */
export function formatDecimal(decimal: string): string {
  const [integer = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, '.');
  return (decimal.startsWith('-') ? '−' : '') + grouped + (fraction ? `,${fraction}` : '');
}

/** A measure of a billing file as it is written on paper: `m2` as `m²`, `m3` as `m³`. */
export const formatMeasure = (measure: string): string =>
  measure.replace(/m([23])$/, (_, power) => (power === '2' ? 'm²' : 'm³'));
