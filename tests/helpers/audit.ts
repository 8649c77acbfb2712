import { verifyTrail } from '../../server/audit/verify-trail.ts';
import type { ChainReport } from '../../server/audit/verify-chain.ts';
import type { AuditDeed } from '../../server/audit/audit.ts';
import { newId } from '../../server/db/id.ts';
import { transaction } from '../../server/db/transaction.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import type { Services } from '../../server/services.ts';

type TrailServices = Pick<Services, 'audit' | 'db' | 'keys'>;

/** Writes one deed down, in a transaction of its own. */
export const record = ({ audit, db }: TrailServices, deed: AuditDeed): Promise<void> =>
  transaction(db, (trx) => audit.record(trx, deed));

/** The entries of a manager, or of the portal's own chain, in their order. */
export const trailOf = async ({ db }: TrailServices, chain: string): Promise<AuditEntry[]> =>
  AuditEntry.query(db).where({ chain }).orderBy('seq');

/** A new manager's chain with so many entries. Returns the manager's id. */
export async function createChain({ audit, db }: TrailServices, length: number): Promise<string> {
  const managerId = newId();
  await transaction(db, async (trx) => {
    for (let count = 1; count <= length; count++) {
      await audit.record(trx, {
        ...{ action: 'slip_passwords.issued', managerId, actorId: newId(), address: '192.0.2.7' },
        ...{ subject: { kind: 'batch', id: newId() }, details: { count } },
      });
    }
  });
  return managerId;
}

/** What `audit verify` finds: by chain, of one manager's and the portal's or of all. */
export async function verify({ db, keys }: TrailServices, managerId?: string, key = keys.audit) {
  const reports: Record<string, Omit<ChainReport, 'chain'>> = {};
  for await (const { chain, ...report } of verifyTrail(db, key, managerId)) reports[chain] = report;
  return reports;
}
