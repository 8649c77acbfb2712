import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';

/** What a line tells besides its name. Never a body, a header or a person. */
export type Details = Readonly<Record<string, unknown>>;

export interface Logger {
  info(event: string, details?: Details): void;
  warn(event: string, details?: Details): void;
  error(event: string, details?: Details): void;
}

const secretName = /token|password|secret|authorization|cookie|key$/i;
/** Anything long and random enough to be a key, wherever it stands: 256 bits in base64 or hexadecimal. */
const secretLooking = /[A-Za-z0-9_-]{40,}={0,2}/g;
const eMail = /[^\s"'<>@]+@[^\s"'<>@]+/g;
/** The name of the folder is often a person's. */
const home = homedir();

const cleaned = (text: string) =>
  text.replaceAll(home, '~').replace(eMail, '[e-mail]').replace(secretLooking, '[secret]');

/** Takes secrets and people out of what goes into the log; errors become their class and message. */
export function redacted(value: unknown, name = ''): unknown {
  if (secretName.test(name)) return '[secret]';
  if (typeof value === 'string') return cleaned(value);
  if (value instanceof Error) {
    return { name: value.name, message: redacted(value.message), cause: redacted(value.cause) };
  }
  if (Array.isArray(value)) return value.map((item) => redacted(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item, key)]));
  }
  return value;
}

export function createLogger(write: (line: string) => void, clock: () => Date): Logger {
  const log =
    (level: string) =>
    (event: string, details: Details = {}) => {
      write(JSON.stringify({ time: clock().toISOString(), level, event, ...(redacted(details) as object) }) + '\n');
    };
  return { info: log('info'), warn: log('warn'), error: log('error') };
}

const largestLog = 1024 * 1024;

/** Appends lines to a file that starts anew at 1 MB and leaves the one before beside it. */
export function logToFile(path: string): (line: string) => void {
  let before: Promise<unknown> = mkdir(dirname(path), { recursive: true });
  const append = async (line: string) => {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > largestLog) await rename(path, `${path}.1`);
    await appendFile(path, line, { mode: 0o600 });
  };
  return (line) => {
    // A log that cannot be written is no reason to stop.
    before = before.then(() => append(line)).catch(() => undefined);
  };
}
