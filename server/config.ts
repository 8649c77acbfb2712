import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { humanCheckKindSchema } from '../contract/portal.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** 32 bytes or more, written in hexadecimal or in base64. */
function decodeKey(text: string): Buffer {
  if (/^([0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  // Node decodes any text as base64; a sentence is no key.
  return Buffer.from(/^[\w+/-]+={0,2}$/.test(text) ? text : '', 'base64');
}

const isUrl = (text: string, ...protocols: string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

function isMysqlUrl(text: string): boolean {
  if (!isUrl(text, 'mysql:')) return false;
  const { username, password, pathname, search, hash } = new URL(text);
  const isEscaped = (part: string) => !/%(?![0-9a-f]{2})/i.test(part);
  // What stands behind the database's name would be ignored, and somebody would rely on it.
  return pathname.length > 1 && search + hash === '' && [username, password, pathname].every(isEscaped);
}

const isDatabaseUrl = (text: string): boolean => /^sqlite:.+/.test(text) || isMysqlUrl(text);

/** https, or http on this very machine: passwords and tokens go over it. */
const isSafeUrl = (text: string): boolean =>
  isUrl(text, 'https:') || (isUrl(text, 'http:') && loopback.has(new URL(text).hostname));

const origin = (message: string) =>
  z
    .string()
    .refine(isSafeUrl, message)
    .transform((text) => new URL(text).origin);

const turnstileKey = z.string().regex(/^[\w.-]{10,200}$/, 'the key as the Cloudflare dashboard shows it');

function isProxy(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  return family !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().refine(isProxy, 'addresses or networks, with commas between them: 10.0.0.1,fd00::/8')));

/** The settings, one for each variable of the environment. docs: README.md, "The server's settings". */
const settings = z.object({
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().refine(isDatabaseUrl, 'sqlite:FILE or mysql://user:password@host:port/database').optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(8470),
  PUBLIC_URL: origin('the https address of the portal (http on this machine alone)').optional(),
  SECRET_KEY: z
    .string()
    .transform(decodeKey)
    .refine((key) => key.length >= 32, 'at least 32 random bytes, hexadecimal or base64')
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isUrl(text, 'smtp:', 'smtps:'), 'smtp://user:password@host:port or smtps://...')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n<>]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'an address, or a name and an address: iiPortal <portal@example.si>')
    .optional(),
  HUMAN_CHECK: humanCheckKindSchema.optional(),
  HUMAN_CHECK_WORK: wholeNumber(1, 100_000).default(300),
  TURNSTILE_SITE_KEY: turnstileKey.optional(),
  TURNSTILE_SECRET_KEY: turnstileKey.optional(),
  TURNSTILE_URL: origin('the https address of Turnstile (http on this machine alone)').default(
    'https://challenges.cloudflare.com',
  ),
  TRUSTED_PROXIES: list.default([]),
  SECOND_FACTOR: z.enum(['admins', 'optional']).optional(),
  SESSION_IDLE_DAYS: wholeNumber(1, 3650).default(30),
  SESSION_ABSOLUTE_DAYS: wholeNumber(1, 3650).default(180),
  IMPORT_MAX_MB: wholeNumber(1, 100_000).default(1024),
  SLIP_PASSWORD_DAYS: wholeNumber(1, 3650).default(60),
  PASSWORD_RESET_MINUTES: wholeNumber(5, 1440).default(60),
  PASSWORD_COST: wholeNumber(10, 16).default(12),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface TurnstileSettings {
  readonly siteKey: string;
  readonly secretKey: string;
  /** Where its script, its frames and its verification are. */
  readonly origin: string;
}

export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** The origin under which residents reach the portal. */
  readonly publicUrl: string;
  /** Undefined: the key file in the data folder is used. */
  readonly secretKey: Buffer | undefined;
  /** Undefined: mails are written to the data folder. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly humanCheck: 'off' | 'altcha' | 'turnstile';
  /** Set where the human check is Turnstile. */
  readonly turnstile: TurnstileSettings | undefined;
  /** The most key derivations that a human check may cost the client; each takes about 2 ms on a slow laptop. */
  readonly humanCheckWork: number;
  readonly trustedProxies: readonly string[];
  /** Whether admins must have a second factor: where the portal is reached over https, unless it is set otherwise. */
  readonly secondFactor: 'admins' | 'optional';
  readonly sessionIdleDays: number;
  readonly sessionAbsoluteDays: number;
  /** The largest billing file. */
  readonly importMaxBytes: number;
  readonly slipPasswordDays: number;
  /** How long the code for a new password is good. */
  readonly passwordResetMinutes: number;
  /** bcrypt's: each step doubles the time. */
  readonly passwordCost: number;
  readonly logLevel: string;
}

/** All that is wrong with the settings, one line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The server cannot start with these settings:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What the system has against a setting, as a problem of that setting; our own mistakes stay what they are. */
export function settingError(name: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? (error as Error) : new ConfigError([`${name}: ${message || code}`]);
}

type Environment = Record<string, string | undefined>;

/** A variable that is set to nothing counts as not set. */
const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));

const describe = ({ path, message }: z.core.$ZodIssue): string => `${path[0]?.toString() ?? ''}: ${message}`;

/** The human check that is asked for; where it is not said, the keys say it. */
const humanCheckKind = (given: Environment): string =>
  given['HUMAN_CHECK'] ?? (given['TURNSTILE_SITE_KEY'] || given['TURNSTILE_SECRET_KEY'] ? 'turnstile' : 'altcha');

/** What is needed because of something else that is set. */
function missing(given: Environment): string[] {
  const needed: [name: string, because: string, isNeeded: boolean][] = [
    ['MAIL_FROM', 'needed together with SMTP_URL', given['SMTP_URL'] !== undefined],
    ['TURNSTILE_SITE_KEY', 'needed for Turnstile', humanCheckKind(given) === 'turnstile'],
    ['TURNSTILE_SECRET_KEY', 'needed for Turnstile', humanCheckKind(given) === 'turnstile'],
  ];
  return needed
    .filter(([name, , isNeeded]) => isNeeded && given[name] === undefined)
    .map(([name, because]) => `${name}: ${because}`);
}

/** Where Turnstile is used both keys are there: `missing` has seen to it. */
function humanCheckOf(env: z.output<typeof settings>): Pick<Config, 'humanCheck' | 'turnstile'> {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET_KEY: secretKey, TURNSTILE_URL } = env;
  const humanCheck = env.HUMAN_CHECK ?? (siteKey && secretKey ? 'turnstile' : 'altcha');
  const isUsed = humanCheck === 'turnstile' && siteKey !== undefined && secretKey !== undefined;
  return { humanCheck, turnstile: isUsed ? { siteKey, secretKey, origin: TURNSTILE_URL } : undefined };
}

/**
 * Reads the settings.
 * @throws ConfigError naming every problem at once
 */
export function readConfig(environment: Environment): Config {
  const given = withoutEmpty(environment);
  const parsed = settings.safeParse(given);
  const problems = [...(parsed.error?.issues.map(describe) ?? []), ...missing(given)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const env = parsed.data;
  const dataDir = resolve(env.DATA_DIR);
  return {
    dataDir,
    databaseUrl: env.DATABASE_URL ?? `sqlite:${join(dataDir, 'iiportal.db')}`,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`,
    secretKey: env.SECRET_KEY,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? 'iiPortal <iiportal@localhost>',
    ...humanCheckOf(env),
    humanCheckWork: env.HUMAN_CHECK_WORK,
    trustedProxies: env.TRUSTED_PROXIES,
    secondFactor: env.SECOND_FACTOR ?? (env.PUBLIC_URL?.startsWith('https:') ? 'admins' : 'optional'),
    sessionIdleDays: env.SESSION_IDLE_DAYS,
    sessionAbsoluteDays: env.SESSION_ABSOLUTE_DAYS,
    importMaxBytes: env.IMPORT_MAX_MB * 1024 * 1024,
    slipPasswordDays: env.SLIP_PASSWORD_DAYS,
    passwordResetMinutes: env.PASSWORD_RESET_MINUTES,
    passwordCost: env.PASSWORD_COST,
    logLevel: env.LOG_LEVEL,
  };
}
