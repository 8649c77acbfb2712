import type { Run, RunSlip } from '../../../contract/runs.ts';
import { toIso } from '../../db/time.ts';
import type { RunSlipRow } from './run-slips.queries.ts';
import type { RunView } from './runs.queries.ts';

export const presentRun = ({ run, publishedBy, openedSlips, ofPeriod }: RunView): Run => ({
  id: run.id,
  importId: run.importId,
  period: run.period,
  state: run.state,
  publishedAt: run.publishedAt === null ? null : toIso(run.publishedAt),
  publishedBy,
  slips: run.slips,
  totalCents: run.totalCents,
  openedSlips,
  ofPeriod: { ...ofPeriod },
});

export const presentRunSlip = ({ firstOpenedAt, ...slip }: RunSlipRow): RunSlip => ({
  ...slip,
  firstOpenedAt: firstOpenedAt === null ? null : toIso(firstOpenedAt),
});
