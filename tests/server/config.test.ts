import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';
import { deriveKeys, loadKeys } from '../../server/keys.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs nothing: everything has a default', () => {
    const config = readConfig({});
    expect(config.databaseUrl).toMatch(/^sqlite:.*iiportal\.db$/);
    expect(config.humanCheck).toBe('altcha');
    expect(config).toMatchObject({ sessionIdleDays: 30, sessionAbsoluteDays: 180, slipPasswordDays: 60 });
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      DATABASE_URL: 'postgres://db/iiportal',
      PORT: '99999',
      PUBLIC_URL: 'http://portal.upravnik.si',
      SECRET_KEY: 'short',
      SMTP_URL: 'mail.example',
      HUMAN_CHECK: 'captcha',
      TRUSTED_PROXIES: '10.0.0.1, nobody',
      SESSION_IDLE_DAYS: '0',
    });
    const named = problems.map((problem) => problem.split(':')[0]);
    expect(new Set(named)).toEqual(
      new Set([
        'DATABASE_URL',
        'PORT',
        'PUBLIC_URL',
        'SECRET_KEY',
        'SMTP_URL',
        'HUMAN_CHECK',
        'TRUSTED_PROXIES',
        'SESSION_IDLE_DAYS',
        'MAIL_FROM',
      ]),
    );
  });

  it('uses Turnstile where its keys are set, or where it is asked for', () => {
    const keys = {
      TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
      TURNSTILE_SECRET_KEY: '1x0000000000000000000000000AA',
    };
    const origin = 'https://challenges.cloudflare.com';
    const turnstile = { siteKey: keys.TURNSTILE_SITE_KEY, secretKey: keys.TURNSTILE_SECRET_KEY, origin };
    expect(readConfig(keys)).toMatchObject({ humanCheck: 'turnstile', turnstile });
    const HUMAN_CHECK = 'turnstile';
    expect(readConfig({ ...keys, HUMAN_CHECK })).toMatchObject({ humanCheck: HUMAN_CHECK, turnstile });
    const TURNSTILE_URL = 'http://127.0.0.1:9000/';
    expect(readConfig({ ...keys, TURNSTILE_URL }).turnstile?.origin).toBe('http://127.0.0.1:9000');
    expect(readConfig({ ...keys, HUMAN_CHECK: 'altcha' })).toMatchObject({
      humanCheck: 'altcha',
      turnstile: undefined,
    });
  });

  it.each([
    [{ HUMAN_CHECK: 'turnstile' }, ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY']],
    [{ TURNSTILE_SITE_KEY: '1x00000000000000000000AA' }, ['TURNSTILE_SECRET_KEY']],
    [
      { TURNSTILE_SECRET_KEY: '1x00000000000000000000AA', TURNSTILE_URL: 'http://cloudflare.example' },
      ['TURNSTILE_URL', 'TURNSTILE_SITE_KEY'],
    ],
    [
      { HUMAN_CHECK: 'turnstile', TURNSTILE_SITE_KEY: 'two words', TURNSTILE_SECRET_KEY: 'x' },
      ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY'],
    ],
  ])('names what is missing or wrong with Turnstile: %j', (environment, named) => {
    expect(problemsOf(environment).map((problem) => problem.split(':')[0])).toEqual(named);
  });

  it('never repeats a secret that it refuses', () => {
    expect(problemsOf({ SECRET_KEY: 'geheim' }).join()).not.toContain('geheim');
    expect(problemsOf({ DATABASE_URL: 'mysql://root:geheim@db' }).join()).not.toContain('geheim');
    expect(problemsOf({ TURNSTILE_SECRET_KEY: 'geheim' }).join()).not.toContain('geheim');
  });

  it.each(['mysql://u%ZZ@db/iiportal', 'mysql://u:50%@db/iiportal', 'mysql://db/iiportal?ssl=true', 'mysql://db'])(
    'refuses the database %s',
    (url) => expect(problemsOf({ DATABASE_URL: url })).toHaveLength(1),
  );

  it('refuses a sentence in place of a key', () => {
    expect(problemsOf({ SECRET_KEY: 'please change me, for this is no secret at all, or is it?' })).toHaveLength(1);
    expect(problemsOf({ SECRET_KEY: Buffer.alloc(32, 7).toString('base64') })).toEqual([]);
  });

  it('refuses a mail address that would break out of its header', () => {
    expect(problemsOf({ MAIL_FROM: 'a@b.si\r\nBcc: x@y.si' })).toHaveLength(1);
  });

  it.each(['https://portal.upravnik.si', 'http://127.0.0.1:8470', 'http://localhost'])('takes %s', (url) => {
    expect(readConfig({ PUBLIC_URL: url }).publicUrl).toBe(url);
  });
});

describe('loadKeys', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'iiportal-keys-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true }));

  const load = () => loadKeys({ dataDir, secretKey: undefined });
  const file = () => join(dataDir, 'secret.key');

  it('makes a key file that only its owner can read, and reads it again', () => {
    const first = load();
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), 'utf8').trim()).toMatch(/^[0-9a-f]{64}$/);
    expect(load().slipPassword.equals(first.slipPassword)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('refuses a key file that others can read', () => {
    load();
    chmodSync(file(), 0o640);
    expect(load).toThrow(ConfigError);
  });

  it('refuses a damaged key file instead of making a new one', () => {
    writeFileSync(file(), 'abc', { mode: 0o600 });
    expect(load).toThrow(/damaged/);
    expect(readFileSync(file(), 'utf8')).toBe('abc');
  });

  it('names the setting when the data folder cannot be made', () => {
    writeFileSync(file(), 'a file, not a folder');
    expect(() => loadKeys({ dataDir: join(file(), 'data'), secretKey: undefined })).toThrow(/DATA_DIR: ENOTDIR/);
  });

  it('derives a key of its own for each purpose', () => {
    const keys = deriveKeys(Buffer.alloc(32, 1));
    expect(keys.slipPassword.equals(keys.humanCheck)).toBe(false);
  });
});
