import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { AuditEntry } from '../models/audit-entry.ts';
import { AuditHead } from '../models/audit-head.ts';
import { portalChain } from './audit.ts';
import { type ChainReport, verifyChain } from './verify-chain.ts';

/** The managers whose chains there are, by entries or by head. */
async function managerChains(db: Knex): Promise<Set<string>> {
  const heads = await AuditHead.query(db).select('chain');
  const entries = await AuditEntry.query(db).distinct('chain');
  const all = new Set([...heads, ...entries].map(({ chain }) => chain));
  all.delete(portalChain);
  return all;
}

/**
 * Goes along the portal's chain and then along those of the managers, or of one of them. A chain is read some entries
 * at a time, so it may be of any length, and the server may go on writing.
 */
export async function* verifyTrail(db: Knex, key: KeyObject, managerId?: string): AsyncGenerator<ChainReport> {
  const before = await managerChains(db);
  const begun = new Map<string, number>();
  const portal = await verifyChain(db, key, portalChain, ({ action, subjectId }) => {
    if (action === 'audit.begun' && subjectId !== null) begun.set(subjectId, (begun.get(subjectId) ?? 0) + 1);
  });
  // The beginning of each chain stands in the portal's: where one is not there, it is the portal's that was replaced.
  const isReplaced = !portal.fault && ![...before].every((chain) => begun.has(chain));
  yield isReplaced ? { ...portal, fault: { kind: portal.entries > 0 ? 'restarted' : 'missing', seq: 1 } } : portal;
  const after = await managerChains(db);
  for (const chain of new Set([...before, ...begun.keys()])) {
    if (managerId !== undefined && chain !== managerId) continue;
    if (!after.has(chain)) yield { chain, entries: 0, fault: { kind: 'missing', seq: 1 } };
    else if ((begun.get(chain) ?? 0) > 1) yield { chain, entries: 0, fault: { kind: 'restarted', seq: 1 } };
    else yield await verifyChain(db, key, chain);
  }
}
