import type { BillingRow } from './columns.ts';

/** What the cells of a row are about, as bits: rows that follow each other mostly say the same of most of it. */
export const subjects = { payer: 1, slip: 2, unit: 4, fund: 8 } as const;

type Fields = readonly (keyof BillingRow)[];

const fields: Readonly<Record<keyof typeof subjects, Fields>> = {
  payer: ['payerCode', 'payerName', 'street', 'postCode', 'town', 'taxNumber', 'email', 'channel'],
  slip: ['payerCode', 'number', 'period', 'issueDate', 'dueDate', 'note'],
  unit: ['building', 'unit', 'unitKind', 'areaM2', 'persons', 'period'],
  fund: ['building', 'period', 'fundOpeningCents', 'fundPaidInCents', 'fundSpentCents', 'fundBalanceCents'],
};

/** The subjects that a field belongs to. */
export function aboutOf(field: keyof BillingRow): number {
  let about = 0;
  for (const [name, members] of Object.entries(fields)) {
    if (members.includes(field)) about |= subjects[name as keyof typeof subjects];
  }
  return about;
}
