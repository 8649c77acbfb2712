/** The tables that a file under check is written to, with their columns in the order in which cells are collected. */
export const columnsOf = {
  slip_items: [
    ...['manager_id', 'slip_id', 'position', 'unit_id', 'payment_order_position', 'description', 'supplier'],
    ...['building_total_cents', 'allocation_key', 'quantity', 'measure', 'price', 'base_cents', 'vat_rate'],
    ...['vat_cents', 'amount_cents'],
  ],
  slip_units: ['manager_id', 'slip_id', 'unit_id'],
  slip_open_items: ['manager_id', 'slip_id', 'position', 'description', 'due_date', 'amount_cents'],
  payment_orders: [
    ...['manager_id', 'slip_id', 'position', 'iban', 'reference', 'purpose_code', 'purpose', 'amount_cents'],
  ],
  import_slips: [
    ...['manager_id', 'import_id', 'number', 'first_row', 'new_id', 'payer_code', 'period', 'issue_date', 'due_date'],
    ...['note', 'total_cents'],
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
    ...['area_m2', 'persons', 'period', 'is_new'],
  ],
  import_buildings: ['manager_id', 'import_id', 'period', 'building', 'slips', 'total_cents'],
  import_sums: ['manager_id', 'import_id', 'period', 'building', 'description', 'items', 'cents'],
} as const;

export type StagedTable = keyof typeof columnsOf;
