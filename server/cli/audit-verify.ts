import { idSchema } from '../../contract/schemas/text.ts';
import { verifyTrail } from '../audit/verify-trail.ts';
import type { ChainReport, Fault } from '../audit/verify-chain.ts';
import { check } from './check.ts';
import { CheckFailed, type Command, UsageError } from './command.ts';
import { withServices } from './with-services.ts';

const sentences: Record<Fault, (seq: number) => string> = {
  changed: (seq) => `entry ${seq} is not what was written`,
  missing: (seq) => `entry ${seq} is missing`,
  tail_cut: (seq) => `the end is cut off: entry ${seq} is missing`,
  head_changed: (seq) => `the head is not the one that was written with entry ${seq}`,
  restarted: () => 'it was taken away and begun anew',
};

const describe = ({ chain, entries, fault }: ChainReport): string =>
  `${chain}: ${entries} entries checked, ${fault ? `broken: ${sentences[fault.kind](fault.seq)}` : 'whole'}`;

function verdict(reports: readonly ChainReport[]): string | undefined {
  const broken = reports.filter(({ fault }) => fault);
  if (broken.length === 0) return undefined;
  const isOtherKey = broken.length === reports.length && broken.every(({ entries }) => entries === 0);
  const hint = isOtherKey ? ' Are SECRET_KEY and DATA_DIR those of the server?' : '';
  return `The audit trail is broken in ${broken.length} of ${reports.length} chains.${hint}`;
}

export const auditVerify: Command = {
  words: 'audit verify',
  summary: 'Checks that no entry of the audit trail was changed, taken away or added. Exit code 1 when one was.',
  options: { manager: { value: 'ID', help: "This manager's and the portal's alone" } },
  run: async (given) => {
    const manager = given.optional('manager');
    const managerId = manager === undefined ? undefined : check('manager', idSchema, manager);
    const reports: ChainReport[] = [];
    await withServices(async ({ db, keys }) => {
      for await (const report of verifyTrail(db, keys.audit, managerId)) {
        console.log(describe(report));
        reports.push(report);
      }
    });
    const failure = verdict(reports);
    if (failure !== undefined) throw new CheckFailed(failure);
    if (managerId !== undefined && reports.length < 2) throw new UsageError('--manager: the trail has nothing of it');
  },
};
