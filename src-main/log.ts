import { redacted } from './diagnostics/redact.ts';

/** What a line tells besides its name. Never a body, a header or a person. */
export type Details = Readonly<Record<string, unknown>>;

export interface Logger {
  info(event: string, details?: Details): void;
  warn(event: string, details?: Details): void;
  error(event: string, details?: Details): void;
}

/** Writes lines of JSON, from which secrets and people are taken out. */
export function createLogger(write: (line: string) => void, clock: () => Date): Logger {
  const log =
    (level: string) =>
    (event: string, details: Details = {}) => {
      write(JSON.stringify({ time: clock().toISOString(), level, event, ...(redacted(details) as object) }) + '\n');
    };
  return { info: log('info'), warn: log('warn'), error: log('error') };
}
