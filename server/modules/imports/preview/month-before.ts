import type { Knex } from 'knex';
import type { StagedImport } from '../staging/staged-import.ts';
import type { Before } from './stored-preview.ts';

interface Run {
  readonly id: string;
  readonly period: string;
  readonly slips: number;
}

async function publishedRuns(db: Knex, managerId: string, earlierThan: string): Promise<Run[]> {
  const published = () => db('billing_runs').where({ manager_id: managerId, state: 'published' });
  const newest = published().where('period', '<', earlierThan).max('period');
  const runs: Run[] = await published().where('period', newest).select('id', 'period', 'slips');
  return runs;
}

/** Of each period of the file the newest published month before it, with how many slips that month had. */
export async function monthsBefore(
  db: Knex,
  { managerId }: StagedImport,
  periods: readonly string[],
): Promise<(Before & { readonly slips: number })[]> {
  const found = [];
  for (const period of periods) {
    const runs = await publishedRuns(db, managerId, period);
    found.push({
      period,
      before: runs[0]?.period ?? null,
      runIds: runs.map(({ id }) => id),
      slips: runs.reduce((sum, run) => sum + run.slips, 0),
    });
  }
  return found;
}

/** `?, ?, ?` for a list that may be empty: nothing is in `('')` then. */
export const listed = (values: readonly string[]): { sql: string; values: readonly string[] } =>
  values.length === 0 ? { sql: `('')`, values } : { sql: `(${values.map(() => '?').join(', ')})`, values };
