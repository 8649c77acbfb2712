import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, settingError } from './config.ts';

/** A key for each purpose, all derived from the one secret: what is learnt of one says nothing of the others. */
export interface Keys {
  readonly slipPassword: KeyObject;
  readonly humanCheck: KeyObject;
  /** Of codes sent by mail, and of recovery codes. */
  readonly codes: KeyObject;
  /** Seals the secrets of authenticator apps. */
  readonly secondFactor: KeyObject;
  readonly audit: KeyObject;
}

function derive(secret: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `iiportal ${purpose} 1`, 32)));
}

export const deriveKeys = (secret: Buffer): Keys => ({
  slipPassword: derive(secret, 'slip password'),
  humanCheck: derive(secret, 'human check'),
  codes: derive(secret, 'codes'),
  secondFactor: derive(secret, 'second factor'),
  audit: derive(secret, 'audit'),
});

/**
 * Two processes may start at once on an empty folder: each writes its own file and links it into place, which succeeds
 * for one; both then read the winner's.
 */
function createKeyFile(file: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/** The secret from its file in the data folder, which is made at the first start. */
function readKeyFile(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key');
  if (!statSync(file, { throwIfNoEntry: false })) createKeyFile(file);
  const { mode } = statSync(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError([`${file}: others can read it. If nobody did: chmod 600; otherwise make a new key.`]);
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (secret.length < 32) throw new ConfigError([`${file}: damaged. Restore it from the backup.`]);
  return secret;
}

/** Makes the data folder if there is none, and reads or makes the server's secret. @throws ConfigError */
export function loadKeys(config: { readonly dataDir: string; readonly secretKey: Buffer | undefined }): Keys {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    return deriveKeys(config.secretKey ?? readKeyFile(config.dataDir));
  } catch (error) {
    throw settingError('DATA_DIR', error);
  }
}
