import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

const secret = ['password', 'slipPassword', 'token', 'authorization', 'cookie', 'humanCheck', 'secretKey'];

/** JSON lines on standard output. What is secret is cut out by name wherever it should turn up. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    },
    destination,
  );
