import { Secret, TOTP } from 'otpauth';
import { toInstant } from '../../server/db/time.ts';
import { SecondFactor } from '../../server/models/second-factor.ts';
import { sealSecret } from '../../server/modules/second-factor/sealed-secret.ts';
import { newTotpSecret } from '../../server/modules/second-factor/totp.ts';
import type { Services } from '../../server/services.ts';
import type { Given } from './factories.ts';

/** A second factor of the account, confirmed unless it is said otherwise. Returns its secret. */
export async function createSecondFactor(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  accountId: string,
  given: Given<SecondFactor> = {},
): Promise<string> {
  const secret = newTotpSecret();
  const now = toInstant(new Date());
  const sealedSecret = sealSecret(keys.secondFactor, accountId, secret);
  await SecondFactor.query(db).insert({ accountId, sealedSecret, createdAt: now, confirmedAt: now, ...given });
  return secret;
}

/** What the authenticator app shows at that moment. */
export const codeOfApp = (secret: string, at: Date = new Date()): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
