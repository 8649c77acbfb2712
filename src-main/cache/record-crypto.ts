import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The first byte of every file. A file with another one was written by another version and is fetched again. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const keyBytes = 32;

export interface RecordCrypto {
  /** File names that say nothing: not which slip, not even which operation. */
  fileName(record: string): string;
  seal(record: string, plain: Uint8Array): Uint8Array;
  /** Throws when anything but the very bytes sealed for this account and record is given. */
  open(record: string, sealed: Uint8Array): Uint8Array;
  /** Overwrites the keys in memory. */
  forget(): void;
}

/**
 * AES-256-GCM. `owner` (portal and account) and the record's name are additional data: a file that is put in another's
 * place does not open.
 */
export function createRecordCrypto(key: Buffer, owner: string): RecordCrypto {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', purpose, keyBytes));
  const contentKey = derive('iiportal offline content');
  const nameKey = derive('iiportal offline names');
  const additional = (record: string) => Buffer.from(JSON.stringify([version, owner, record]));

  return {
    fileName: (record) => createHmac('sha256', nameKey).update(record).digest('hex'),

    seal(record, plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', contentKey, nonce).setAAD(additional(record));
      const content = [cipher.update(plain), cipher.final()];
      return Buffer.concat([Buffer.of(version), nonce, ...content, cipher.getAuthTag()]);
    },

    open(record, sealed) {
      if (sealed[0] !== version) throw new Error(`version ${sealed[0] ?? 'none'}`);
      if (sealed.length < 1 + nonceBytes + tagBytes) throw new Error('too short');
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', contentKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(additional(record)).setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]);
    },

    forget() {
      for (const secret of [key, contentKey, nameKey]) secret.fill(0);
    },
  };
}
