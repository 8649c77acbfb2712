import type { ResponseOf } from '../../../contract/endpoint.ts';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import type { issueSlipPasswords, SlipPasswordBatch as ContractBatch } from '../../../contract/slip-passwords.ts';
import { toIso } from '../../db/time.ts';
import type { BatchView } from './batches.queries.ts';
import type { IssuedBatch } from './slip-passwords.service.ts';

type Answer = ResponseOf<typeof issueSlipPasswords>;

export const presentIssued = ({ batchId, expiresAt, passwords }: IssuedBatch): Answer => ({
  batchId,
  issued: passwords.map(({ payerId, code, name, password }) => ({
    payerId,
    payerCode: code,
    payerName: name,
    slipPassword: formatSlipPassword(password),
    expiresAt: expiresAt.toISOString(),
  })),
});

/** @param now in the databases' form */
export function presentBatch({ row, issuedBy, used, revoked, unused }: BatchView, now: string): ContractBatch {
  const isExpired = row.expiresAt <= now;
  return {
    id: row.id,
    form: row.form,
    whom: row.whom,
    state: row.state,
    issuedAt: toIso(row.issuedAt),
    issuedBy,
    expiresAt: toIso(row.expiresAt),
    payers: row.payers,
    issued: row.issued,
    used,
    revoked,
    expired: isExpired ? unused : 0,
    valid: isExpired ? 0 : unused,
  };
}
