import type { Slip } from '../../contract/slips.ts';
import type { Picture } from './engine/picture.ts';

export type Logo = Picture;

/** What opens the registration of a payer who has no account yet, printed in a box on the slip. */
export interface RegistrationBox {
  /** `https://portal.upravnik.si`. */
  readonly portalAddress: string;
  /** As it is compared, without hyphens. */
  readonly slipPassword: string;
  readonly expiresAt: Date;
  /** The deep link that fills in manager and payer code, printed as a QR code. */
  readonly link: string;
}

/** All that a slip's document says. Whether somebody may have it is for the caller to decide. */
export interface SlipDocument {
  readonly slip: Slip;
  readonly logo: Logo | null;
  readonly registration: RegistrationBox | null;
  /** Of a run that is not published: marked across the page. */
  readonly isDraft: boolean;
}
