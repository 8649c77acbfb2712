import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The first byte of every record: see cache-folder.ts for what becomes of records of another format. */
export const cacheFormat = 2;
const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes;
const bodyStart = headBytes + nonceBytes;
export const keyBytes = 32;

export interface RecordCrypto {
  /** Tells one key from another, and nothing else about it. */
  readonly keyId: string;
  /** A file name that says nothing: not which slip, not even which operation. */
  fileName(record: string): string;
  /** Format (1 byte), key id (8), nonce (12), the sealed parts one after the other, tag (16). */
  seal(record: string, plain: readonly Uint8Array[]): Uint8Array;
  /** Throws when anything but the very bytes sealed for this account and record is given. */
  open(record: string, sealed: Uint8Array): Buffer;
  /** Lets the keys go; what is tried afterwards fails. */
  forget(): void;
}

/**
 * AES-256-GCM. `owner` (portal and account), the record's name, format and key id are additional data: a file that is
 * put in another's place does not open, and a head that was tampered with does not either.
 */
export function createRecordCrypto(key: Buffer, owner: string): RecordCrypto {
  const derive = (purpose: string, length = keyBytes) => Buffer.from(hkdfSync('sha256', key, '', purpose, length));
  /** As an object: OpenSSL takes a key in bytes apart anew for each record, and overwrites an object's when it goes. */
  const secret = (purpose: string) => {
    const bytes = derive(purpose);
    const made = createSecretKey(bytes);
    bytes.fill(0);
    return made;
  };
  let keys: { readonly content: KeyObject; readonly names: KeyObject } | null = {
    content: secret('iiportal offline content'),
    names: secret('iiportal offline names'),
  };
  const keyFor = (purpose: 'content' | 'names') => {
    if (!keys) throw new Error('the keys are forgotten');
    return keys[purpose];
  };
  const head = Buffer.concat([Buffer.of(cacheFormat), derive('iiportal offline key id', keyIdBytes)]);
  const additional = (record: string) => Buffer.concat([head, Buffer.from(JSON.stringify([owner, record]))]);

  return {
    keyId: head.toString('hex', 1),

    fileName: (record) => createHmac('sha256', keyFor('names')).update(record).digest('hex'),

    seal(record, plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyFor('content'), nonce).setAAD(additional(record));
      const content = plain.map((part) => cipher.update(part));
      return Buffer.concat([head, nonce, ...content, cipher.final(), cipher.getAuthTag()]);
    },

    open(record, sealed) {
      if (sealed[0] !== cacheFormat) throw new Error(`format ${sealed[0] ?? 'none'}`);
      if (sealed.length < bodyStart + tagBytes) throw new Error('too short');
      if (!head.equals(sealed.subarray(0, headBytes))) throw new Error('another key');
      const decipher = createDecipheriv('aes-256-gcm', keyFor('content'), sealed.subarray(headBytes, bodyStart), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(additional(record)).setAuthTag(sealed.subarray(-tagBytes));
      const plain = decipher.update(sealed.subarray(bodyStart, -tagBytes));
      // Gives nothing more; throws where the tag is wrong.
      decipher.final();
      return plain;
    },

    forget() {
      key.fill(0);
      keys = null;
    },
  };
}
