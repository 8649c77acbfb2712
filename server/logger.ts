import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

const secret = ['password', 'slipPassword', 'token', 'authorization', 'cookie', 'humanCheck', 'secretKey'];

interface Failure {
  readonly code?: string;
  readonly nativeError?: Failure;
}

/** Databases quote the values that they refuse; names of keys and columns stay. */
const cutValues = (text: string): string =>
  text.replace(/\b(key|column|table) '[^']*'|'[^'\n]*'/g, (quoted, name: string | undefined) =>
    name === undefined ? "'[cut]'" : quoted,
  );

/** A failure without the statement and values that database drivers hang on it. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const failure = error as Failure;
  return {
    type: error.name,
    code: failure.nativeError?.code ?? failure.code,
    message: cutValues(error.message),
    stack: cutValues(error.stack ?? ''),
  };
}

/** JSON lines on standard output. What is secret is cut out by name wherever it should turn up. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError },
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    },
    destination,
  );
