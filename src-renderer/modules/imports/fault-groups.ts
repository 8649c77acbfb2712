import type { ImportFault } from '../../../contract/imports.ts';

export interface FaultRow extends ImportFault {
  readonly id: string;
}

export interface FaultGroup {
  readonly rule: string;
  readonly message: string;
  readonly faults: readonly FaultRow[];
}

/** The faults by the rule that they break, the most frequent first: one mistake of an export is one thing to correct. */
export function groupFaults(faults: readonly ImportFault[]): FaultGroup[] {
  const groups = new Map<string, { rule: string; message: string; faults: FaultRow[] }>();
  faults.forEach((fault, index) => {
    const { rule, message } = fault;
    const group = groups.get(rule) ?? { rule, message, faults: [] };
    group.faults.push({ ...fault, id: String(index) });
    groups.set(rule, group);
  });
  return [...groups.values()].sort((a, b) => b.faults.length - a.faults.length);
}
