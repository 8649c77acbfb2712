import type { AuditEntry } from '../../../contract/audit.ts';
import type { AuditDetails } from '../../audit/details.ts';
import { toIso } from '../../db/time.ts';
import type { AuditNames } from './audit-names.ts';
import type { EntryRow } from './audit.queries.ts';

function actorOf({ actorId, address }: EntryRow, { apiKey }: AuditDetails, names: AuditNames): AuditEntry['actor'] {
  if (actorId !== null) {
    const person = names.personOf(actorId);
    const { name = null, email = null, isStaff = false } = person ?? {};
    return isStaff ? { kind: 'staff', name, email } : { kind: 'person', name, email: null };
  }
  if (typeof apiKey === 'string') return { kind: 'program', name: apiKey, email: null };
  return { kind: address === null ? 'server' : 'nobody', name: null, email: null };
}

export function presentEntry(row: EntryRow, names: AuditNames): AuditEntry {
  const details = JSON.parse(row.details) as AuditDetails;
  const { subjectKind: kind, subjectId: id } = row;
  return {
    id: String(row.seq),
    at: toIso(row.at),
    action: row.action,
    actor: actorOf(row, details, names),
    address: row.address,
    subject: kind === null || id === null ? null : { kind, id, name: names.subjectOf(kind, id) ?? null },
    details,
  };
}
