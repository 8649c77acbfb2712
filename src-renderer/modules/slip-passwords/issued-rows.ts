import { formatSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';
import type { IssuedPassword } from './use-issue.ts';

/** In the groups it is printed in. */
export const grouped = (password: string): string => formatSlipPassword(normalizeSlipPassword(password));

/** The issued passwords as rows for a spreadsheet, under the given heads; `dayOf` writes the day they expire. */
export const issuedRows = (
  issued: readonly IssuedPassword[],
  heads: readonly string[],
  dayOf: (instant: string) => string,
): readonly (readonly string[])[] => [
  heads,
  ...issued.map((one) => [one.payerCode, one.payerName, grouped(one.slipPassword), dayOf(one.expiresAt)]),
];
