import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { maxAmountCents } from '../../../payments/amount.ts';
import type { FaultList, Rule } from '../billing-file/faults.ts';
import { euros } from '../billing-file/parse-amount.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';
import { inRange, slipRanges } from './slip-ranges.ts';

/** Rows that name the same thing and should say the same of it. */
interface Agreement {
  readonly table: 'import_slips' | 'import_payers' | 'import_units' | 'import_funds';
  readonly rule: Rule;
  readonly key: readonly string[];
  /** What is compared (numbers are cents), and the column of the file that it came from. */
  readonly compared: Readonly<Record<string, string>>;
}

const agreements: readonly Agreement[] = [
  {
    table: 'import_slips',
    rule: 'slip_conflict',
    key: ['number'],
    compared: {
      payer_code: 'sifra_placnika',
      period: 'obdobje',
      issue_date: 'datum_izdaje',
      due_date: 'rok_placila',
      note: 'obvestilo',
    },
  },
  {
    table: 'import_payers',
    rule: 'payer_conflict',
    key: ['code'],
    compared: {
      name: 'placnik',
      street: 'naslov',
      town: 'kraj',
      tax_number: 'davcna_stevilka',
      email: 'e_posta',
      channel: 'e_racun',
    },
  },
  { table: 'import_units', rule: 'unit_conflict', key: ['building', 'unit'], compared: { kind: 'vrsta_enote' } },
  {
    table: 'import_funds',
    rule: 'fund_conflict',
    key: ['building', 'period'],
    compared: {
      opening_cents: 'sklad_zacetek',
      paid_in_cents: 'sklad_vplacila',
      spent_cents: 'sklad_poraba',
      balance_cents: 'sklad_stanje',
    },
  },
];

const most = 200;

type Variant = Record<string, string | number | null>;

async function checkAgreement(db: Knex, staged: StagedImport, it: Agreement, faults: FaultList): Promise<void> {
  const key = it.key.join(', ');
  const doubled = `select ${key}, count(*) as variants from ${it.table} t where ${isOurs('t')} group by ${key} having count(*) > 1`;
  const [total] = rowsOf<{ surplus: number | null }>(
    await db.raw(`select sum(d.variants - 1) as surplus from (${doubled}) d`, bindings(staged)),
  );
  if (!total?.surplus) return;
  const variants = rowsOf<Variant>(
    await db.raw(
      `select t.* from (${doubled} order by ${key} limit ${most}) d join ${it.table} t using (${key})
       where ${isOurs('t')} order by t.first_row limit ${2 * most}`,
      [...bindings(staged), ...bindings(staged)],
    ),
  );
  const first = new Map<string, Variant>();
  let seen = 0;
  for (const variant of variants) {
    const name = JSON.stringify(it.key.map((column) => variant[column]));
    const expected = first.get(name);
    if (!expected) first.set(name, variant);
    else {
      addDifferences(it, expected, variant, faults);
      seen += 1;
    }
  }
  faults.addUnseen(total.surplus - seen);
}

function addDifferences(it: Agreement, expected: Variant, variant: Variant, faults: FaultList): void {
  for (const [column, name] of Object.entries(it.compared)) {
    const value = variant[column] ?? null;
    if (value === (expected[column] ?? null)) continue;
    faults.add(it.rule, Number(variant['first_row']), name, typeof value === 'number' ? euros(value) : value);
  }
}

interface OrderKey {
  readonly number: string;
  readonly iban: string;
  readonly reference: string;
  readonly total: number;
}

interface OrderRow {
  readonly row_no: number;
  readonly purpose: string | null;
  readonly purpose_code: string | null;
}

/** Items that go into one payment order must not ask for different texts, nor for more than a UPN can carry. */
async function checkOrders(db: Knex, staged: StagedImport, faults: FaultList): Promise<void> {
  for await (const range of slipRanges(db, staged)) {
    const orders = rowsOf<OrderKey>(
      await db.raw(
        `select r.number, r.iban, r.reference, sum(r.amount_cents) as total from import_rows r
         where ${isOurs('r')} and ${inRange('r')} group by r.number, r.iban, r.reference
         having min(r.purpose) <> max(r.purpose) or min(r.purpose_code) <> max(r.purpose_code)
           or abs(sum(r.amount_cents)) > ?`,
        [...bindings(staged), range.after, range.upTo, maxAmountCents],
      ),
    );
    for (const order of orders) {
      if (faults.isFull) faults.addUnseen(1);
      else await explainOrder(db, staged, order, faults);
    }
  }
}

async function explainOrder(db: Knex, staged: StagedImport, order: OrderKey, faults: FaultList): Promise<void> {
  const { number, iban, reference } = order;
  const rows: OrderRow[] = await db('import_rows')
    .where({ manager_id: staged.managerId, import_id: staged.importId, number, iban, reference })
    .orderBy('row_no')
    .select('row_no', 'purpose', 'purpose_code');
  if (Math.abs(order.total) > maxAmountCents) faults.add('order_amount', rows[0]!.row_no, 'znesek', euros(order.total));
  for (const [field, name] of [['purpose', 'namen'] as const, ['purpose_code', 'koda_namena'] as const]) {
    const expected = rows.find((row) => row[field] !== null)?.[field];
    const other = rows.find((row) => row[field] !== null && row[field] !== expected);
    if (other) faults.add('order_conflict', other.row_no, name, other[field]);
  }
}

/** Adds a fault for each slip of `from`, which has `s.number` and `s.first_row`. Bindings: `bindings(staged)`. */
async function addSlips(db: Knex, staged: StagedImport, rule: Rule, from: string, faults: FaultList): Promise<void> {
  const [total] = rowsOf<{ count: number }>(await db.raw(`select count(*) as count ${from}`, bindings(staged)));
  if (!total?.count) return;
  const shown = rowsOf<{ first_row: number; number: string }>(
    await db.raw(`select s.first_row, s.number ${from} order by s.first_row limit ${most}`, bindings(staged)),
  );
  for (const { first_row: row, number } of shown) faults.add(rule, row, 'racun', number);
  faults.addUnseen(total.count - shown.length);
}

/** A slip is made of items: who only owes from before gets no new one. */
const checkItems = (db: Knex, staged: StagedImport, faults: FaultList): Promise<void> =>
  addSlips(
    db,
    staged,
    'no_items',
    `from (
      select o.number, min(o.row_no) as first_row from import_open_items o where ${isOurs('o')} and not exists (
        select 1 from import_rows r ${planOf(db).byKey}
        where r.manager_id = o.manager_id and r.import_id = o.import_id and r.number = o.number
      ) group by o.number
    ) s`,
    faults,
  );

/** Slips that residents have seen are not replaced. */
export const checkPublished = (db: Knex, staged: StagedImport, faults: FaultList): Promise<void> =>
  addSlips(
    db,
    staged,
    'slip_published',
    `from import_slips s
      join slips old on old.manager_id = s.manager_id and old.number = s.number
      join billing_runs r on r.manager_id = old.manager_id and r.id = old.run_id
      where ${isOurs('s')} and r.state = 'published'`,
    faults,
  );

/** The rules over rows taken together, and over rows and what is already in. */
export async function checkAcrossRows(db: Knex, staged: StagedImport, faults: FaultList): Promise<void> {
  // A row that was refused is not there; it may have been the item that a slip seems to lack.
  if (faults.count === 0) await checkItems(db, staged, faults);
  for (const agreement of agreements) await checkAgreement(db, staged, agreement, faults);
  await checkOrders(db, staged, faults);
  await checkPublished(db, staged, faults);
}
