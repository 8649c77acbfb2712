import type { Slip } from '../../contract/slips.ts';

/** A picture as PDF takes it: a JPEG as it is, or the pixels of another kind as RGB rows, deflated. */
export interface Logo {
  readonly kind: 'jpeg' | 'rgb';
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

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
