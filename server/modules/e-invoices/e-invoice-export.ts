import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { slipFileName } from '../../../contract/slips.ts';
import type { Channel } from '../../../contract/slips.ts';
import type { Who } from '../../audit/who.ts';
import { byteOrderMark, csvLine } from '../../csv.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { RunExport } from '../../models/run-export.ts';
import type { Services } from '../../services.ts';
import { uniqueNames } from '../../zip.ts';
import { channelWords } from '../imports/billing-file/channel-words.ts';
import { selectSlips } from '../print-runs/print-selection.ts';

/** The words of the billing file, where it has one for it (docs/billing-file.md). */
const header = [
  ...['sifra_placnika', 'placnik', 'naslov', 'posta_kraj', 'davcna_stevilka', 'iban_placnika', 'e_racun'],
  ...['racun', 'obdobje', 'datum_izdaje', 'rok_placila', 'skupaj', 'nalog', 'nalog_iban', 'nalog_sklic'],
  ...['koda_namena', 'namen', 'nalog_znesek', 'datoteka'],
];

type ExportChannel = 'bank' | 'bizbox' | 'imdocs';

interface Row {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly taxNumber: string | null;
  readonly eInvoiceIban: string | null;
  readonly channel: Channel;
  readonly number: string;
  readonly period: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly totalCents: number;
  readonly iban: string | null;
  readonly reference: string | null;
  readonly purposeCode: string | null;
  readonly purpose: string | null;
  readonly amountCents: number | null;
}

/** The slips with a row for each payment order; one without orders has a row all the same. */
const rowsOf = async (db: Knex, managerId: string, slipIds: readonly string[]): Promise<Row[]> =>
  db('slips as s')
    .join('payers as p', { 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' })
    .leftJoin('payment_orders as o', { 'o.manager_id': 's.manager_id', 'o.slip_id': 's.id' })
    .where('s.manager_id', managerId)
    .whereIn('s.id', [...slipIds])
    .orderBy(['s.id', 'o.position'])
    .select('s.id', 's.number', 's.period', 'p.code', 'p.name', 'p.street', 'p.town', 'p.channel')
    .select('o.iban', 'o.reference', 'o.purpose')
    .select<Row[]>({
      ...{ taxNumber: 'p.tax_number', eInvoiceIban: 'p.e_invoice_iban', issueDate: 's.issue_date' },
      ...{ dueDate: 's.due_date', totalCents: 's.total_cents', purposeCode: 'o.purpose_code' },
      amountCents: 'o.amount_cents',
    });

const lineOf = (row: Row, place: number, fileName: string): string =>
  csvLine([
    ...[row.code, row.name, row.street, row.town, row.taxNumber ?? '', row.eInvoiceIban ?? ''],
    ...[channelWords[row.channel], row.number, row.period, row.issueDate, row.dueDate, { cents: row.totalCents }],
    ...[String(place), row.iban ?? '', row.reference ?? '', row.purposeCode ?? '', row.purpose ?? ''],
    ...[row.amountCents === null ? '' : { cents: row.amountCents }, fileName],
  ]);

const slipsAtOnce = 500;

async function* lines(db: Knex, managerId: string, slipIds: readonly string[]): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(header);
  const unique = uniqueNames();
  for (let start = 0; start < slipIds.length; start += slipsAtOnce) {
    const ids = slipIds.slice(start, start + slipsAtOnce);
    const bySlip = Map.groupBy(await rowsOf(db, managerId, ids), ({ id }) => id);
    const slips = ids.map((id) => bySlip.get(id) ?? []);
    yield slips
      .flatMap((rows) => {
        const fileName = rows[0] ? unique(slipFileName(rows[0])) : '';
        return rows.map((row, index) => lineOf(row, index + 1, fileName));
      })
      .join('');
  }
}

type ExportServices = Pick<Services, 'audit' | 'clock' | 'db'>;

/** Writes the export down, and keeps how many slips of the run are out: who takes the run back is told. */
async function record(
  { audit, clock, db }: ExportServices,
  { managerId, id: runId }: BillingRun,
  { who, channel, slips }: { readonly who: Who; readonly channel: ExportChannel; readonly slips: number },
): Promise<void> {
  const details = { runId, channel, slips };
  await transaction(db, async (trx) => {
    const now = { slips, exportedAt: toInstant(clock()) };
    await RunExport.query(trx)
      .insert({ managerId, runId, channel, ...now })
      .onConflict(['manager_id', 'run_id', 'channel'])
      .merge();
    await audit.record(trx, { action: 'e_invoice.exported', managerId, ...who, details });
  });
}

/**
 * The slips of a run that go out by a channel, for the program that sends e-invoices. In the order of a print run of
 * the same channel, so that the files are called as they are in its ZIP. Some hundred slips at a time are in memory.
 * @throws run_draft
 */
export async function exportEInvoices(
  services: ExportServices,
  run: BillingRun,
  { who, channel }: { readonly who: Who; readonly channel: ExportChannel },
): Promise<Readable> {
  if (run.state === 'draft') throw new ApiError('run_draft');
  const { slipIds } = await selectSlips(services.db, run.managerId, { runId: run.id, channels: [channel] });
  await record(services, run, { who, channel, slips: slipIds.length });
  return Readable.from(lines(services.db, run.managerId, slipIds), { objectMode: false });
}
