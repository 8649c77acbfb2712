/** The columns of the staging tables in the order in which rows are collected. */
export const columnsOf = {
  import_rows: [
    ...['manager_id', 'import_id', 'number', 'row_no', 'building', 'unit'],
    ...['description', 'supplier', 'building_total_cents', 'allocation_key', 'quantity', 'measure', 'price'],
    ...['base_cents', 'vat_rate', 'vat_cents', 'amount_cents', 'iban', 'reference', 'purpose_code', 'purpose'],
  ],
  import_slips: [
    ...['manager_id', 'import_id', 'number', 'variant', 'first_row', 'new_id'],
    ...['payer_code', 'period', 'issue_date', 'due_date', 'note', 'purpose'],
  ],
  import_open_items: [
    ...['manager_id', 'import_id', 'number', 'row_no'],
    ...['description', 'due_date', 'amount_cents'],
  ],
  import_funds: [
    ...['manager_id', 'import_id', 'building', 'period', 'variant', 'first_row'],
    ...['opening_cents', 'paid_in_cents', 'spent_cents', 'balance_cents'],
  ],
  import_payers: [
    ...['manager_id', 'import_id', 'code', 'variant', 'first_row', 'new_id'],
    ...['name', 'street', 'town', 'tax_number', 'email', 'channel', 'search'],
  ],
  import_units: [
    ...['manager_id', 'import_id', 'building', 'unit', 'kind', 'first_row', 'new_id'],
    ...['area_m2', 'persons', 'period'],
  ],
} as const;
