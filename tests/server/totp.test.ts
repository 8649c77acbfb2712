import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../server/keys.ts';
import { openSecret, sealSecret } from '../../server/modules/second-factor/sealed-secret.ts';
import { newTotpSecret, totpStep, totpUri } from '../../server/modules/second-factor/totp.ts';

describe('the codes of an authenticator app', () => {
  /** RFC 6238, appendix B, SHA-1. Its codes have eight digits, of which six digits are the last ones. */
  const secret = Secret.fromLatin1('12345678901234567890').base32;
  const vectors: [seconds: number, step: number, code: string][] = [
    [59, 0x1, '287082'],
    [1111111109, 0x23523ec, '081804'],
    [1111111111, 0x23523ed, '050471'],
    [1234567890, 0x273ef07, '005924'],
    [2000000000, 0x3f940aa, '279037'],
    [20000000000, 0x27bc86aa, '353130'],
  ];

  it.each(vectors)('are those of the RFC: second %i', (seconds, step, code) => {
    expect(totpStep(secret, code, new Date(seconds * 1000))).toBe(step);
  });

  it('are good one step early and one step late, and no longer', () => {
    const [seconds, step, code] = [1234567890, 0x273ef07, '005924'];
    const at = (steps: number) => totpStep(secret, code, new Date((seconds + 30 * steps) * 1000));
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([undefined, step, step, step, undefined]);
  });

  it('have a secret of 160 bits in base32', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
  });

  it('come from a URI in which names may have any characters', () => {
    const uri = totpUri(secret, 'iiPortal (Žagar & sin: 100 %)', 'živa+1@example.si');
    expect(uri).toBe(
      'otpauth://totp/iiPortal%20(%C5%BDagar%20%26%20sin%20100%20%25):%C5%BEiva%2B1%40example.si' +
        `?issuer=iiPortal%20(%C5%BDagar%20%26%20sin%20100%20%25)&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
    expect(new URL(uri).searchParams.get('issuer')).toBe('iiPortal (Žagar & sin 100 %)');
  });
});

describe('a sealed secret', () => {
  const key = deriveKeys(randomBytes(32)).secondFactor;
  const [owner, other] = ['a'.repeat(32), 'b'.repeat(32)];

  it('opens for its account, says nothing, and is another one each time', () => {
    const secret = newTotpSecret();
    const sealed = sealSecret(key, owner, secret);
    expect(openSecret(key, owner, sealed)).toBe(secret);
    expect(sealed).not.toContain(secret);
    expect(sealSecret(key, owner, secret)).not.toBe(sealed);
    expect(sealed.length).toBeLessThanOrEqual(200);
  });

  it('does not open for another account, under another key, or changed', () => {
    const sealed = sealSecret(key, owner, newTotpSecret());
    const bytes = Buffer.from(sealed, 'base64url');
    bytes[bytes.length - 1]! ^= 1;
    expect(() => openSecret(key, other, sealed)).toThrow();
    expect(() => openSecret(deriveKeys(randomBytes(32)).secondFactor, owner, sealed)).toThrow();
    expect(() => openSecret(key, owner, bytes.toString('base64url'))).toThrow();
    expect(() => openSecret(key, owner, sealed.slice(0, 20))).toThrow();
  });
});
