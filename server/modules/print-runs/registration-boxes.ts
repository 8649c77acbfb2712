import { registrationLink } from '../../../contract/deep-link.ts';
import type { RegistrationBox } from '../../pdf/slip-document.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import type { IssuedBatch } from '../slip-passwords/slip-passwords.service.ts';

/** What a slip says of the one whose slip it is. */
interface Addressed {
  readonly payerId: string;
  readonly payerCode: string;
}

/** The box of a slip; null for a payer who has an account, or for whom nothing was issued. */
export type BoxOf = (slip: Addressed) => RegistrationBox | null;

export const noBoxes: BoxOf = () => null;

/** The boxes with the passwords of a batch. They are in memory alone, and nowhere once the slips are printed. */
export async function boxesOf({ db, config }: Pick<Services, 'db' | 'config'>, batch: IssuedBatch): Promise<BoxOf> {
  const { managerId, expiresAt } = batch;
  const portalAddress = await portalAddressOf(db, config.publicUrl, managerId);
  const portal = new URL(portalAddress).origin;
  const passwords = new Map(batch.passwords.map(({ payerId, password }) => [payerId, password]));
  return ({ payerId, payerCode }) => {
    const slipPassword = passwords.get(payerId);
    if (slipPassword === undefined) return null;
    const link = registrationLink({ portal, manager: managerId, code: payerCode });
    return { portalAddress, slipPassword, expiresAt, link };
  };
}
