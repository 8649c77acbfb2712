import type { issueSlipPasswords } from '../../../contract/slip-passwords.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import type { IssuedBatch, Recipient } from './slip-passwords.service.ts';

type Answer = ResponseOf<typeof issueSlipPasswords>;

export const presentIssued = (recipient: Recipient, { expiresAt }: IssuedBatch): Answer['issued'][number] => ({
  payerId: recipient.payerId,
  payerCode: recipient.code,
  payerName: recipient.name,
  slipPassword: formatSlipPassword(recipient.password),
  expiresAt: expiresAt.toISOString(),
});
