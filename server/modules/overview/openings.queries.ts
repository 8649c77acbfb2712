import type { Knex } from 'knex';
import type { Openings } from '../../../contract/overview.ts';
import { days, fromInstant, toDay } from '../../db/time.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { RunOpening } from '../../models/run-opening.ts';

const mostDays = 31;

/** From one day of the calendar to another. */
const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / days);

async function openingsOf(db: Knex, run: BillingRun, now: Date): Promise<Openings> {
  const rows = await RunOpening.query(db).where({ manager_id: run.managerId, run_id: run.id }).orderBy('day');
  const publishedOn = toDay(run.publishedAt === null ? now : fromInstant(run.publishedAt));
  const length = Math.min(Math.max(daysBetween(publishedOn, toDay(now)), 0) + 1, mostDays);
  const until = (at: number): number =>
    rows.reduce((sum, { day, slips }) => (daysBetween(publishedOn, day) <= at ? sum + slips : sum), 0);
  return {
    run: {
      ...{ id: run.id, period: run.period, publishedOn, slips: run.slips },
      openedSlips: rows.reduce((sum, { slips }) => sum + slips, 0),
    },
    days: Array.from({ length }, (_, at) => until(at)),
  };
}

/** The run that was published last, and the last one of an earlier month to compare it with. */
export async function newestOpenings(db: Knex, managerId: string, now: Date) {
  const published = () =>
    BillingRun.query(db).where({ manager_id: managerId, state: 'published' }).where('slips', '>', 0).first();
  const newest = await published().orderBy('published_at', 'desc');
  if (!newest) return { newest: null, before: null };
  const earlier = published().where('period', '<', newest.period);
  const before = await earlier.orderBy('period', 'desc').orderBy('published_at', 'desc');
  return {
    newest: await openingsOf(db, newest, now),
    before: before ? await openingsOf(db, before, now) : null,
  };
}
