import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import type { Channel } from '../../../contract/slips.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import type { Actor } from '../../http/actor.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import type { Slip } from '../../models/slip.ts';

/** A slip of a list, with whom it is from and for. */
export interface SummaryRow extends Pick<
  Slip,
  | 'managerId'
  | 'id'
  | 'runId'
  | 'payerId'
  | 'number'
  | 'period'
  | 'issueDate'
  | 'dueDate'
  | 'totalCents'
  | 'firstOpenedAt'
> {
  readonly managerName: string;
  readonly payerCode: string;
  readonly channel: Channel;
  readonly runState: BillingRun['state'];
}

/** A single slip, with all that its head says. */
export interface SlipRow extends SummaryRow, Pick<Slip, 'note'> {
  readonly managerStreet: string;
  readonly managerTown: string;
  readonly managerEmail: string | null;
  readonly managerPhone: string | null;
  readonly managerTaxNumber: string | null;
  readonly managerNote: string | null;
  readonly payerName: string;
  readonly payerStreet: string;
  readonly payerTown: string;
}

const summary = `
  s.manager_id as managerId, s.id, s.payer_id as payerId, s.number, s.period, s.issue_date as issueDate,
  s.due_date as dueDate, s.total_cents as totalCents, s.run_id as runId, s.first_opened_at as firstOpenedAt, m.name as managerName,
  p.code as payerCode, p.channel, r.state as runState`;

const head = `
  s.note,
  m.street as managerStreet, m.town as managerTown, m.email as managerEmail, m.phone as managerPhone, m.tax_number as managerTaxNumber,
  m.slip_note as managerNote,
  p.name as payerName, p.street as payerStreet, p.town as payerTown`;

const tables = (byKey = ''): string => `
  from slips s ${byKey}
    join billing_runs r on r.manager_id = s.manager_id and r.id = s.run_id
    join managers m on m.id = s.manager_id
    join payers p on p.manager_id = s.manager_id and p.id = s.payer_id`;

type Payers = Actor['payers'];

/**
 * The published slips of the actor's payers: every query of a resident begins here. Whose they are came along with the
 * session; named as they are, the index has their slips together and in the order of the list, and no statistics of the
 * database can mislead it. Written as text, for a resident's client asks this most of all.
 */
function published(payers: Payers): { sql: string; bindings: string[] } {
  const byManager = [...Map.groupBy(payers, ({ managerId }) => managerId)];
  const theirs = byManager.map(([, own]) => `s.manager_id = ? and s.payer_id in (${own.map(() => '?').join(', ')})`);
  const sql = `${tables()} where r.state = 'published' and (${theirs.join(' or ') || '1 = 0'})`;
  return { sql, bindings: byManager.flatMap(([managerId, own]) => [managerId, ...own.map(({ payerId }) => payerId)]) };
}

export interface SlipFilter {
  readonly payerId?: string | undefined;
  /** Of the period. */
  readonly year?: number;
  /** Only where the payer has an e-invoice channel. */
  readonly withEInvoice?: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const pageKey = z.tuple([periodSchema, idSchema]);

const chosen = (payers: Payers, payerId: string | undefined): Payers =>
  payers.filter((payer) => payerId === undefined || payer.payerId === payerId);

const eInvoiceOnly = `and p.channel <> 'none'`;

/** A page of them, the newest period first. */
export async function pageOfSlips(db: Knex, payers: Payers, filter: SlipFilter) {
  const { payerId, year, withEInvoice = false, cursor, limit } = filter;
  const { sql, bindings } = published(chosen(payers, payerId));
  const months = year === undefined ? [] : [`${year}-01`, `${year}-12`];
  const last = cursor === undefined ? [] : decodeCursor(cursor, pageKey);
  const only = [
    withEInvoice ? eInvoiceOnly : '',
    months.length > 0 ? 'and s.period between ? and ?' : '',
    last.length > 0 ? 'and (s.period, s.id) < (?, ?)' : '',
  ].join(' ');
  const page = `select ${summary} ${sql} ${only} order by s.period desc, s.id desc limit ?`;
  const rows = await selectRows<SummaryRow>(db, page, [...bindings, ...months, ...last, limit + 1]);
  return cutPage(rows, limit, ({ period, id }) => [period, id]);
}

/** How many of them there are as PDFs, by the year of the period, newest first. */
export async function slipYears(
  db: Knex,
  payers: Payers,
  payerId?: string,
): Promise<{ year: number; slips: number }[]> {
  const { sql, bindings } = published(chosen(payers, payerId));
  const counted = `select substr(s.period, 1, 4) as year, count(*) as slips ${sql} ${eInvoiceOnly} group by 1 order by 1 desc`;
  const rows = await selectRows<{ year: string; slips: number }>(db, counted, bindings);
  return rows.map(({ year, slips }) => ({ year: Number(year), slips }));
}

export async function findSlip(db: Knex, payers: Payers, id: string): Promise<SlipRow | undefined> {
  const { sql, bindings } = published(payers);
  const [slip] = await selectRows<SlipRow>(db, `select ${summary}, ${head} ${sql} and s.id = ?`, [...bindings, id]);
  return slip;
}

/** Slips of one manager, drafts as well, in no order. That they may be read, whoever asks has decided. */
export function slipsById(db: Knex, managerId: string, ids: readonly string[]): Promise<SlipRow[]> {
  const { inOrder, byKey } = planOf(db);
  const these = `s.manager_id = ? and s.id in (${ids.map(() => '?').join(', ')})`;
  return selectRows<SlipRow>(db, `select ${inOrder} ${summary}, ${head} ${tables(byKey)} where ${these}`, [
    managerId,
    ...ids,
  ]);
}
