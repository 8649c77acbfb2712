import { say } from './say.mjs';

/** `12 passed, 0 failed`: the line by which a machine reads a run. */
export const countLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/** The sum of parts `{ name, passed, failed, skipped }`. */
export function sum(parts) {
  const total = (state) => parts.reduce((so, part) => so + part[state], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** Shows the parts, then their sum as the last line; a failure makes the exit code 1. */
export function summarize(parts) {
  const width = Math.max(...parts.map(({ name }) => name.length));
  say('');
  for (const part of parts) {
    const skipped = part.skipped > 0 ? `, ${part.skipped} skipped` : '';
    say(`${part.name.padEnd(width)}  ${countLine(part)}${skipped}`);
  }
  const total = sum(parts);
  say(countLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
