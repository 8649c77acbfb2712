import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it; some of them ignore what else the URI says. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** 160 random bits, the length of SHA-1 (RFC 4226, section 4), in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/**
 * The time step to which this code belongs: the present one, or one either side, for a clock that is a little off and
 * for a person who types slowly (RFC 6238, section 5.2). Undefined when the code is none of the three.
 */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const given = { secret: Secret.fromBase32(secret), token: code, timestamp, window: 1 };
  const delta = TOTP.validate({ ...settings, ...given });
  return delta === null ? undefined : TOTP.counter({ period: settings.period, timestamp }) + delta;
}

/** A colon divides issuer and account in the URI, escaped or not. */
const withoutColons = (text: string): string => text.replace(/\s*:\s*/gu, ' ');

/** For the QR code that an authenticator app reads: `otpauth://totp/issuer:account?secret=…`. */
export const totpUri = (secret: string, issuer: string, account: string): string =>
  new TOTP({ ...settings, secret, issuer: withoutColons(issuer), label: withoutColons(account) }).toString();
