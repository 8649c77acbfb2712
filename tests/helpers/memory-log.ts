import { createLogger } from '../../src-main/log.ts';
import type { Logger } from '../../src-main/log.ts';

/** A log that the test can read. */
export function memoryLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return {
    log: createLogger(
      (line) => lines.push(line),
      () => new Date(0),
    ),
    lines,
  };
}
