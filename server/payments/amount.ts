/** The largest amount of a UPN order in cents: 999.999.999,99 EUR. */
export const maxAmountCents = 99_999_999_999;

/** Field 9 of the QR code: cents, eleven digits (Tehnični standard UPN QR v1.1, table 5.2). */
export const upnAmount = (cents: number): string => String(cents).padStart(11, '0');

/** As it is printed on the form: `***1.234,50`; the stars keep anybody from adding a digit in front. */
export function formatUpnAmount(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.');
  return `***${euros},${digits.slice(-2)}`;
}
