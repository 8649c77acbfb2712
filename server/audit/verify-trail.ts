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

/** A chain that is whole, but should not be as it is. */
function suspect(report: ChainReport, timesBegun: number): ChainReport {
  if (timesBegun > 1) return { ...report, fault: { kind: 'restarted', seq: 1 } };
  return report.entries === 0 && !report.fault ? { ...report, fault: { kind: 'missing', seq: 1 } } : report;
}

/**
 * Goes along the chains of the managers, or of one of them, and the portal's. A chain is read some entries at a time,
 * so it may be of any length, and the server may go on writing.
 */
export async function* verifyTrail(db: Knex, key: KeyObject, managerId?: string): AsyncGenerator<ChainReport> {
  const chains = await managerChains(db);
  const begun = new Map<string, number>();
  const portal = await verifyChain(db, key, portalChain, ({ action, subjectId }) => {
    if (action === 'audit.begun' && subjectId !== null) begun.set(subjectId, (begun.get(subjectId) ?? 0) + 1);
  });
  let isReplaced = false;
  for (const chain of new Set([...chains, ...begun.keys()])) {
    if (managerId !== undefined && chain !== managerId) continue;
    const report = await verifyChain(db, key, chain);
    // It was begun with our key, and that stood in the portal's chain: then it is that one which is another now.
    isReplaced ||= !portal.fault && report.entries > 0 && !begun.has(chain);
    yield suspect(report, begun.get(chain) ?? 0);
  }
  yield isReplaced ? { ...portal, fault: { kind: portal.entries > 0 ? 'restarted' : 'missing', seq: 1 } } : portal;
}
