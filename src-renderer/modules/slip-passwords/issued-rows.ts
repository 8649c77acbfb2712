import type { IssuedPassword } from './use-issue.ts';

/** The issued passwords as rows for a spreadsheet, under the given heads; `dayOf` writes the day they expire. */
export const issuedRows = (
  issued: readonly IssuedPassword[],
  heads: readonly string[],
  dayOf: (instant: string) => string,
): readonly (readonly string[])[] => [
  heads,
  ...issued.map((one) => [one.payerCode, one.payerName, one.slipPassword, dayOf(one.expiresAt)]),
];
