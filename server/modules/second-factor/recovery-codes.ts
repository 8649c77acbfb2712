import type { Knex } from 'knex';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { RecoveryCode } from '../../models/recovery-code.ts';
import type { Services } from '../../services.ts';
import { generateSlipPassword } from '../../slip-password.ts';
import { recoveryCodeHmac } from './verify.ts';

const count = 10;

/**
 * Gives the account new recovery codes, made like slip passwords: easy to copy from paper. Those before are void.
 * @returns the codes as they are printed; they are kept nowhere
 */
export async function replaceRecoveryCodes(
  trx: Knex,
  { keys }: Pick<Services, 'keys'>,
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: count }, generateSlipPassword);
  await RecoveryCode.query(trx).delete().where('account_id', accountId);
  for (const code of codes) {
    await RecoveryCode.query(trx).insert({ accountId, hmac: recoveryCodeHmac(keys.codes, accountId, code) });
  }
  return codes.map(formatSlipPassword);
}
