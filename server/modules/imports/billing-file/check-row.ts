import type { BillingRow } from './columns.ts';
import type { Rule } from './faults.ts';
import { issueFitsPeriod } from './parse-date.ts';

type Report = (rule: Rule, field: keyof BillingRow) => void;

/** Open items are no part of an order, and what they were made of is of no interest any more. */
export const isOpenItem = ({ rowKind }: BillingRow): boolean => rowKind === 'open';

const orderFields = ['iban', 'reference', 'purposeCode', 'purpose'] satisfies (keyof BillingRow)[];

function checkOpenItem(it: BillingRow, report: Report): void {
  for (const field of orderFields) if (it[field] !== null) report('open_item_order', field);
}

function checkItem(it: BillingRow, report: Report): void {
  if (it.openDueDate !== null) report('due_of_item', 'openDueDate');
  if ((it.iban === null) !== (it.reference === null)) {
    report('order_incomplete', it.iban === null ? 'iban' : 'reference');
  }
  if (it.baseCents !== null && it.vatCents !== null && it.baseCents + it.vatCents !== it.amountCents) {
    report('vat_sum', 'amountCents');
  }
}

/** The balance is what the slip shows; how it came about must add up where all of it is said. */
function checkFund(it: BillingRow, report: Report): void {
  const { fundOpeningCents: opening, fundPaidInCents: paidIn, fundSpentCents: spent, fundBalanceCents: balance } = it;
  if (balance === null) {
    if (opening !== null || paidIn !== null || spent !== null) report('required', 'fundBalanceCents');
  } else if (opening !== null && paidIn !== null && spent !== null && opening + paidIn - spent !== balance) {
    report('fund_sum', 'fundBalanceCents');
  }
}

/** The rules between the cells of one row. */
export function checkRow(it: BillingRow, report: Report): void {
  if (it.dueDate < it.issueDate) report('due_before_issue', 'dueDate');
  if (!issueFitsPeriod(it.issueDate, it.period)) report('period_mismatch', 'issueDate');
  if (isOpenItem(it)) checkOpenItem(it, report);
  else checkItem(it, report);
  checkFund(it, report);
}
